# METADATA
# title: Spaces around an assignment
# description: |
#   `NAME = value` runs a program called `NAME` with the arguments `=` and `value`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2283
#   - https://www.shellcheck.net/wiki/SC1068
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program} =` runs `{program}` as a command and assigns nothing"
#   remediation: "Omit the spaces: `{program}=value`."
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
