# METADATA
# title: Substring check instead of a list
# description: |
#   `contains` with a string looks for a substring: a branch named `a` is found in a list of names that is written as one string. For values that
#   outsiders do not choose this is a warning.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`contains` with a string matches substrings"
#   remediation: "Write the list as `fromJSON('{list}')`."
#   aliases: [zizmor:unsound-contains, codeql:UnsoundContains]
package rules.workflow["unsound-contains"]

deny contains {"at": expression.at, "list": _list(expression), "severity": _severity(context)} if {
	some expression in input.expressions
	expression.place == "if"
	"contains" in expression.functions
	some context in expression.contexts
	_is_looked_for(expression, context)
	text := replace(lower(expression.text), " ", "")
	contains(text, concat("", ["contains('", _first_list(expression), "',", context]))
}

_is_chosen(context) if context in {"github.ref", "github.ref_name", "github.head_ref", "github.base_ref", "github.actor", "github.event.pull_request.head.ref"}

_is_looked_for(_, context) if _is_chosen(context)

# A list in JSON is one that `fromJSON` was forgotten for.
_is_looked_for(expression, context) if {
	startswith(context, "github.")
	some literal in expression.literals
	startswith(literal, "[\"")
	endswith(literal, "\"]")
}

_list(expression) := written[0] if {
	written := [literal | some literal in expression.literals; startswith(literal, "[\"")]
	count(written) > 0
} else := concat("", ["[\"", concat("\", \"", _names(expression)), "\"]"])

# The words of the text that was meant as a list.
_names(expression) := [name |
	some literal in expression.literals
	contains(literal, " ")
	some name in split(replace(literal, ",", " "), " ")
	name != ""
]

_severity(context) := "error" if {
	_is_chosen(context)
} else := "warning"

_first_list(expression) := replace(lower(lists[0]), " ", "") if {
	lists := [literal | some literal in expression.literals; contains(literal, " ")]
	count(lists) > 0
}
