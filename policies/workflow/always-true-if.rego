# METADATA
# title: Condition that is always true
# description: |
#   Text beside `${{ }}` makes the whole condition a text, and a text that is not empty is true: the
#   step runs whatever the expression says. A line break that a block scalar keeps is such a text too.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "text beside `${{ }}` makes this condition always true"
#   remediation: Put the whole condition into one pair of braces, or use none.
#   aliases:
#     - actionlint:if-cond/always-true-template
#     - actionlint-fork:if-cond/always-true-template
#     - zizmor:unsound-condition
#     - poutine:if_always_true
#     - codeql:ExpressionIsAlwaysTrueCritical
#     - codeql:ExpressionIsAlwaysTrueHigh
#     - github:languageservice/expression-literal-text-in-condition
#     - github:languageservice/block-scalar-chomping
package rules.workflow["always-true-if"]

deny contains {"at": expression.at, "aliases": _aliases(expression)} if {
	some expression in input.expressions
	expression.place == "if"
	expression.has_text_around
}

_aliases(expression) := ["zizmor:unsound-condition", "github:languageservice/block-scalar-chomping", "poutine:if_always_true", "actionlint:if-cond/always-true-template", "actionlint-fork:if-cond/always-true-template"] if expression.is_whole

# A text that `format` puts around a value is never empty.
deny contains {"at": expression.at, "aliases": ["github:languageservice/expression-literal-text-in-condition"]} if {
	some expression in input.expressions
	expression.place == "if"
	expression.shape == "call"
	expression.functions[0] == "format"
	trim(expression.literals[0], "{}0123456789") != ""
	not expression.has_text_around
}

_aliases(expression) := ["zizmor:unsound-condition", "actionlint:if-cond/always-true-template", "actionlint-fork:if-cond/always-true-template", "poutine:if_always_true", "codeql:ExpressionIsAlwaysTrueCritical", "codeql:ExpressionIsAlwaysTrueHigh", "github:languageservice/expression-literal-text-in-condition"] if {
	not expression.is_whole
}
