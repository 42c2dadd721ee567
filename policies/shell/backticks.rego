# METADATA
# title: Legacy backticks
# description: |
#   Backticks do not nest without escapes, and are easily taken for quotes.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2006
# custom:
#   severity: info
#   confidence: high
#   category: style
#   default: off
#   message: "{text} is the legacy syntax of command substitution"
#   remediation: Write `$(command)`.
#   aliases:
#     - hadolint:SC2006
#     - shellcheck:SC2006
package rules.shell["backticks"]

deny contains {"at": substitution.at, "text": substitution.text} if {
	some command in input.commands
	command.is_parsed
	some substitution in command.substitutions
	substitution.kind == "backtick"
}
