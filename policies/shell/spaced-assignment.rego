# METADATA
# title: Blanks around an assignment's equals sign
# description: |
#   `NAME = value` runs a program called `NAME` with the arguments `=` and `value`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2283
#   - https://www.shellcheck.net/wiki/SC1068
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program} =` runs `{program}` and assigns nothing"
#   remediation: "Leave out the blanks: `NAME=value`."
#   aliases:
#     - hadolint:SC1068
#     - hadolint:SC2283
#     - shellcheck:SC1068
#     - shellcheck:SC2283
package rules.shell["spaced-assignment"]

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.words[0].text == "="
	command.words[0].quote == "none"
	not command.program in {"[[", "[", "test", "expr", "let"}
}
