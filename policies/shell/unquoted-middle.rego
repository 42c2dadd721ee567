# METADATA
# title: Quotes end within a word
# description: |
#   In `'it's'` and in `"a"b"c"` the letters in the middle are outside the quotes: the quotes that were meant to be part of the text are gone.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2026
#   - https://www.shellcheck.net/wiki/SC2140
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   once: true
#   message: "`{text}` is outside the quotes"
#   remediation: "Escape the quotes around `{text}` if they are part of the text; if not, leave them out."
#   aliases:
#     - hadolint:SC2026
#     - hadolint:SC2140
#     - shellcheck:SC2026
#     - shellcheck:SC2140
package rules.shell["unquoted-middle"]

deny contains {"at": construct.at, "text": construct.text, "about": construct.document} if {
	some construct in input.constructs
	construct.kind in {"between-single-quotes", "between-double-quotes"}
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
