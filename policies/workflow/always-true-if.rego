# METADATA
# title: Always true condition
# description: |
#   Text outside `${{ }}` makes the whole condition a string, and a string that is not empty is true: the step runs whatever the expression says. A line
#   break that a block scalar keeps is such text too.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{cause} makes this condition always true"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write the whole condition without expression braces, or in a single pair of them, with string literals in single quotes. For a condition in braces
#     in a block scalar, write `if: |-` or `if: >-`. Compare the value itself, not the result of `format`.
#   aliases:
#     - unless: is_format
#       ids: [actionlint:if-cond/always-true-template, actionlint-fork:if-cond/always-true-template, zizmor:unsound-condition, poutine:if_always_true]
#     - unless: [is_whole, is_format]
#       ids: [codeql:ExpressionIsAlwaysTrueCritical, codeql:ExpressionIsAlwaysTrueHigh]
#     - {id: github:languageservice/expression-literal-text-in-condition, unless: is_whole}
#     - {id: github:languageservice/block-scalar-chomping, when: is_whole}
package rules.workflow["always-true-if"]

# One condition is one finding, however many braces are in it.
deny contains {"at": expression.at, "is_whole": expression.is_whole, "cause": _cause(expression), "advice": _advice(expression)} if {
	some expression in input.expressions
	expression.place == "if"
	expression.has_text_around
	expression.number == 0
}

# A text that `format` puts around a value is never empty.
deny contains {"at": expression.at, "is_format": true, "cause": "the text that `format` puts around the value", "advice": "Compare the value itself"} if {
	some expression in input.expressions
	expression.place == "if"
	expression.shape == "call"
	expression.functions[0] == "format"
	trim(expression.literals[0], "{}0123456789") != ""
	not expression.has_text_around
}

_cause(expression) := "the newline that the block scalar keeps after `}}`" if {
	expression.is_whole
} else := "text outside `${{ }}`"

_advice(expression) := "Write `if: |-` or `if: >-`, or remove `${{` and `}}`" if {
	expression.is_whole
} else := sprintf("Write `if: %s`", [expression.without_braces]) if {
	expression.without_braces
} else := "Put the whole condition into one pair of braces, or use none; texts in it take single quotes"
