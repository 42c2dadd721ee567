# METADATA
# title: Variable without quotes
# description: |
#   The shell splits the value of an unquoted variable at blanks and expands what looks like a glob in it, so a value with a space
#   becomes two arguments, and an empty one none.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2086
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "`${name}` is split at blanks and expanded as a glob"
#   remediation: "Put it in double quotes, unless it is meant to be several words."
#   aliases:
#     - hadolint:SC2086
#     - shellcheck:SC2086
package rules.shell["unquoted-variable"]

deny contains {"at": variable.at, "name": variable.name} if {
	some command in input.commands
	count(command.unquoted) > 0
	not command.program in {"[[", "let", "export", "declare", "local", "readonly", "typeset"}
	some variable in command.unquoted
	not variable.is_safe
	not variable.name in {"#", "?", "$", "!", "-", "@", "*", "_"}
	not object.get(variable, "operator", "") in {"+", ":+", "#length"}
}
