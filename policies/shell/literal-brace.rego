# METADATA
# title: Literal brace
# description: |
#   An unquoted `{` or `}` in a word that is no expansion is a literal character. It is often half of a `${` that lost its `$`, or a group without its
#   space or `;`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1083
# custom:
#   severity: info
#   confidence: low
#   category: correctness
#   message: "`{culprit}` is literal here: it is neither an expansion nor a group"
#   remediation: Quote it if it is intended; otherwise complete the expansion or group.
#   aliases:
#     - hadolint:SC1083
#     - shellcheck:SC1083
package rules.shell["literal-brace"]

deny contains {"at": construct.at, "culprit": construct.text} if {
	some construct in input.constructs
	construct.kind == "literal-brace"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
	not _is_of_github(construct.text)
}

# `gh api repos/{owner}/{repo}/issues`: gh fills these in.
_is_of_github(text) if {
	some name in ["{owner}", "{repo}", "{branch}"]
	contains(text, name)
}
