# METADATA
# title: Brace that neither expands nor groups
# description: |
#   An unquoted `{` or `}` in a word that is no expansion stays as it is. It is often half of a `${` that lost its `$`, or a group whose blank
#   or `;` is missing.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1083
# custom:
#   severity: info
#   confidence: low
#   category: correctness
#   message: "this brace is a plain character here"
#   remediation: "Quote it if it is meant; otherwise complete what it belongs to."
#   aliases:
#     - hadolint:SC1083
#     - shellcheck:SC1083
package rules.shell["literal-brace"]

deny contains {"at": construct.at} if {
	some construct in input.constructs
	construct.kind == "literal-brace"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
