# METADATA
# title: Non-breaking space in a script
# description: |
#   A non-breaking space looks like a blank, and the shell does not split there: two words become one that no program knows.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1018
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "a non-breaking space stands here, which the shell takes for a letter"
#   remediation: "Type an ordinary blank in its place."
#   aliases:
#     - hadolint:SC1018
#     - shellcheck:SC1018
package rules.shell["odd-space"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "odd-space"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
