# METADATA
# title: Array index without braces
# description: |
#   `$list[0]` is the value of `list` followed by `[0]`; only `${list[0]}` refers to an item.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1087
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{text}` is not an array access"
#   remediation: "Write `${name[0]}`."
#   aliases:
#     - hadolint:SC1087
#     - shellcheck:SC1087
package rules.shell["unbraced-index"]

deny contains {"at": construct.at, "text": construct.text} if {
	some construct in input.constructs
	construct.kind == "bare-index"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}
