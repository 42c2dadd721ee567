# METADATA
# title: Blank after the backslash that ends a line
# description: |
#   A backslash continues a line only as its very last character. With a blank behind it, it is an argument that is a blank, and the next line is a
#   command of its own.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1101
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "a blank follows the backslash, so that the line ends here"
#   remediation: "Take away what follows the backslash."
#   aliases:
#     - hadolint:SC1101
#     - shellcheck:SC1101
package rules.shell["spaced-continuation"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "spaced-continuation"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
