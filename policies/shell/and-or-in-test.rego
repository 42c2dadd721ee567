# METADATA
# title: "-a or -o in a test"
# description: |
#   `[ a -a b ]` is ambiguous if an operand looks like an operator, and POSIX has removed it.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2166
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`{operator}` in `{program}` is obsolescent and ambiguous"
#   remediation: "Write two tests, joined with `{joint}`."
#   across_files: true
#   aliases:
#     - hadolint:SC2166
#     - shellcheck:SC2166
package rules.shell["and-or-in-test"]

deny contains {"at": word.at, "operator": word.text, "program": command.program, "joint": _joint(word.text)} if {
	some command in input.commands
	command.program in {"[", "test"}
	some index, word in command.words
	word.text in {"-a", "-o"}
	word.quote == "none"
	index > 0
	count(command.words) > 4
	not command.words[index - 1].text in {"!", "("}
}

_joint("-a") := "&&"

_joint("-o") := "||"
