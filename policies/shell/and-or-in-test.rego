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
#   message: "`{operator}` inside `[ ]` is not well defined"
#   remediation: "Write `[ a ] && [ b ]` or `[ a ] || [ b ]`."
#   aliases:
#     - hadolint:SC2166
#     - shellcheck:SC2166
package rules.shell["and-or-in-test"]

deny contains {"at": word.at, "operator": word.text} if {
	some command in input.commands
	command.program in {"[", "test"}
	some index, word in command.words
	word.text in {"-a", "-o"}
	word.quote == "none"
	index > 0
	count(command.words) > 4
	not command.words[index - 1].text in {"!", "("}
}
