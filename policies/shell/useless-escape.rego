# METADATA
# title: Useless backslash
# description: |
#   Outside quotes the shell removes the backslash and keeps the letter: `sed s/\s//` removes an `s`, and `tr -d \n` an `n`. The program never sees the
#   backslash that was meant for it.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1001
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "the shell removes the backslash of `{text}`"
#   remediation: Quote the word, or remove the backslash.
#   aliases:
#     - hadolint:SC1001
#     - shellcheck:SC1001
package rules.shell["useless-escape"]

deny contains {"at": construct.at, "text": construct.text} if {
	some construct in input.constructs
	construct.kind == "useless-escape"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
