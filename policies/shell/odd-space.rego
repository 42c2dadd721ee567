# METADATA
# title: Non-breaking space in a script
# description: |
#   A non-breaking space looks like a space, but the shell does not split words there: two words become one that is no known program.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1018
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: non-breaking space (U+00A0), which the shell treats as part of a word
#   remediation: Replace it with a space.
#   aliases:
#     - hadolint:SC1018
#     - shellcheck:SC1018
package rules.shell["odd-space"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "odd-space"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
