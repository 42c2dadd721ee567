# METADATA
# title: Substring check instead of a list
# description: |
#   `contains` with a string looks for a substring: a branch named `a` is found in a list of names that is written as one string.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`contains` with a string matches substrings"
#   remediation: "Write the list as `fromJSON('[\"main\", \"develop\"]')`."
#   aliases: [zizmor:unsound-contains, codeql:UnsoundContains]
package rules.workflow["unsound-contains"]

deny contains {"at": expression.at} if {
	some expression in input.expressions
	expression.place == "if"
	some context in expression.contexts
	context in {"github.ref", "github.ref_name", "github.head_ref", "github.base_ref", "github.actor", "github.event.pull_request.head.ref"}
	text := replace(lower(expression.text), " ", "")
	contains(text, concat("", ["contains('", _first_list(expression), "',", context]))
}

_first_list(expression) := replace(lower(lists[0]), " ", "") if {
	lists := [literal | some literal in expression.literals; contains(literal, " ")]
	count(lists) > 0
}
