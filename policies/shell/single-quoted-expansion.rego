# METADATA
# title: Expansion in single quotes
# description: |
#   In single quotes `$NAME` and `$(command)` are not expanded. That is intended for programs with a language of their own, and a mistake for most others.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2016
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "`{text}` does not expand in single quotes"
#   remediation: Use double quotes if the value is wanted.
#   default: off
#   aliases:
#     - hadolint:SC2016
#     - shellcheck:SC2016
package rules.shell["single-quoted-expansion"]

deny contains {"at": word.at, "text": word.text} if {
	some command in input.commands
	command.program in {
		"echo", "cp", "mv", "rm", "mkdir", "cd", "test", "[", "ls", "cat", "chown", "chmod", "touch", "curl", "wget", "tar",
		"apt-get", "apk", "yum", "dnf", "pip", "pip3", "npm", "git",
	}
	some word in command.words
	word.quote == "single"
	word.is_literal
	contains(word.text, "$")
	_expands(word.text)
	not _is_template(command, word)
}

_expands(text) if contains(text, "$(")

_expands(text) if contains(text, "${")

_expands(text) if {
	some part in array.slice(split(text, "$"), 1, 1000)
	first := substring(part, 0, 1)
	first != lower(first)
}

# Text that goes to a file or to another program is meant for a later reader.
_is_template(command, _) if count(command.redirects) > 0

_is_template(command, _) if count(command.pipes_to) > 0
