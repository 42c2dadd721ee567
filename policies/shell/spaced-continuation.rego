# METADATA
# title: Space after a line continuation
# description: |
#   A backslash continues a line only as its very last character. Followed by a space it escapes that space, and the next line is a separate command.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1101
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: a space follows the backslash, so the line ends here
#   remediation: Remove the space after the backslash.
#   aliases:
#     - hadolint:SC1101
#     - shellcheck:SC1101
package rules.shell["spaced-continuation"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "spaced-continuation"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
