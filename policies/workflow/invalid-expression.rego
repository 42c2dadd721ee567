# METADATA
# title: Invalid expression
# description: |
#   GitHub rejects the workflow, or fails the step, when an expression cannot be parsed.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Correct the expression: strings take single quotes, and every `${{` needs its `}}`."
#   aliases:
#     - {id: actionlint:expression/lex-error, when: {kind: syntax}}
#     - {id: actionlint:expression/parse-error, when: {kind: [empty, syntax]}}
#     - {id: actionlint-fork:expression/lex-error, when: {kind: syntax}}
#     - {id: actionlint-fork:expression/parse-error, when: {kind: [empty, syntax]}}
#     - {id: github:parser/the-expression-is-not-closed, when: {kind: syntax}}
#     - when: {kind: unknown-function}
#       ids: [actionlint:expression/undefined-function, actionlint-fork:expression/undefined-function]
#     - when: {kind: argument-count}
#       ids: [actionlint:expression/wrong-argument-count, actionlint-fork:expression/wrong-argument-count]
#     - when: {kind: unknown-function}
#       ids: [github:parser/unrecognized-function, github:languageservice/unrecognized-function]
#     - {id: github:parser/an-expression-was-expected, when: {kind: empty}}
#     - when: {kind: syntax}
#       ids: [github:parser/unexpected-symbol, github:parser/unexpected-end-of-expression, github:languageservice/unexpected-symbol]
package rules.workflow["invalid-expression"]

deny contains {"at": expression.at, "field": "error", "problem": expression.error, "kind": expression.error_kind} if {
	some expression in input.expressions
	not expression.is_valid
}
