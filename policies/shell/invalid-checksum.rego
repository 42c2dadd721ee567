# METADATA
# title: Checksum of the wrong length
# description: |
#   The sum that a download is compared with has a fixed number of hexadecimal digits. With one missing or one too many no file has it: the check always
#   fails, or, where its failure is ignored, never protects anything.
# related_resources:
#   - https://www.gnu.org/software/coreutils/manual/html_node/cksum-common-options.html
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{subject} has {count} digits, but a {kind} sum has {expected}: the check cannot succeed"
#   remediation: "Copy the sum again from where it is published."
package rules.shell["invalid-checksum"]

import data.lib.checksums

# `echo "<sum>  file" | sha256sum -c`
deny contains _finding(word.at, "the sum", digits, command) if {
	some command in input.commands
	command.program in {"md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "shasum"}
	checksums.length(command)
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.place < command.place
	source.program in {"echo", "printf"}
	some word in source.words
	digits := split(trim_left(word.text, "\\ "), " ")[0]
	_is_wrong(digits, checksums.length(command))
}

# `SUM=<sum>` before `echo "$SUM  file" | sha256sum -c`, in the same script.
deny contains _finding(assignment.at, sprintf("the value of `%s`", [assignment.name]), assignment.value, command) if {
	some command in input.commands
	command.program in {"md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "shasum"}
	checksums.length(command)
	some name in checksums.variables(command)
	some other in input.index.commands_by_script[command.script]
	some assignment in other.assignments
	assignment.name == name
	_is_wrong(assignment.value, checksums.length(command))
}

# The same from `ENV` or `ARG`.
deny contains object.union(_finding(variable.at, sprintf("the value of `%s`", [variable.name]), variable.value, command), {"field": variable.field}) if {
	some command in input.commands
	command.program in {"md5sum", "sha1sum", "sha224sum", "sha256sum", "sha384sum", "sha512sum", "b2sum", "shasum"}
	command.instruction
	checksums.length(command)
	some name in checksums.variables(command)
	some variable in input.index.variables_by_document[command.document]
	variable.name == name
	variable.value
	_is_wrong(variable.value, checksums.length(command))
}

# `ADD --checksum=sha256:<sum>`
deny contains {"at": instruction.at, "field": "flags.checksum", "subject": "the sum", "count": count(digits), "kind": "SHA-256", "expected": 64} if {
	some instruction in input.instructions
	instruction.keyword == "ADD"
	some flag in instruction.flags
	flag.name == "checksum"
	startswith(flag.value, "sha256:")
	digits := substring(flag.value, 7, -1)
	_is_wrong(digits, 64)
}

_finding(at, subject, digits, command) := {"at": at, "subject": subject, "count": count(digits), "kind": checksums.kind(command), "expected": checksums.length(command)}

# Hexadecimal digits and nothing else, nearly as many as there should be: no sum of another kind, and no placeholder.
_is_wrong(digits, length) if {
	count(digits) != length
	count(digits) > length - 9
	count(digits) < length + 9
	not count(digits) in {32, 40, 56, 64, 96, 128}
	trim(lower(digits), "0123456789abcdef") == ""
}
