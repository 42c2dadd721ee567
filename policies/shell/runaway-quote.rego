# METADATA
# title: Unbalanced double quotes
# description: |
#   A string that spans lines and ends right before a letter was probably meant to end earlier: from there on, quotes open where they should close.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1078
#   - https://www.shellcheck.net/wiki/SC1079
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: this string runs over lines and closes right before a letter, so the quotes inside it are removed
#   remediation: "Write the quotes inside as `\\\"`, or close the string where it should end."
#   aliases:
#     - hadolint:SC1078
#     - hadolint:SC1079
#     - shellcheck:SC1078
#     - shellcheck:SC1079
package rules.shell["runaway-quote"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "runaway-quote"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
