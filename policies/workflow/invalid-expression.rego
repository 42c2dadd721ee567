# METADATA
# title: Expression that cannot be read
# description: |
#   GitHub refuses the workflow, or fails the step, when it comes to an expression it cannot read.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/expressions
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Mend the expression. Texts stand in single quotes, and every `${{` ends in `}}`."
#   aliases:
#     - actionlint:expression/lex-error
#     - actionlint:expression/parse-error
#     - actionlint-fork:expression/lex-error
#     - actionlint-fork:expression/parse-error
#     - github:parser/the-expression-is-not-closed
#     - actionlint:expression/undefined-function
#     - actionlint-fork:expression/undefined-function
#     - actionlint:expression/wrong-argument-count
#     - actionlint-fork:expression/wrong-argument-count
#     - github:parser/unrecognized-function
#     - github:languageservice/unrecognized-function
#     - github:parser/an-expression-was-expected
#     - github:parser/unexpected-symbol
#     - github:parser/unexpected-end-of-expression
#     - github:languageservice/unexpected-symbol
package rules.workflow["invalid-expression"]

deny contains {"at": expression.at, "field": "error", "problem": expression.error, "aliases": _aliases(expression.error)} if {
	some expression in input.expressions
	not expression.is_valid
}

_aliases(error) := ["actionlint:expression/undefined-function", "actionlint-fork:expression/undefined-function", "github:parser/unrecognized-function", "github:languageservice/unrecognized-function"] if {
	startswith(error, "unknown function")
}

_aliases(error) := ["actionlint:expression/wrong-argument-count", "actionlint-fork:expression/wrong-argument-count"] if {
	_is_about_arguments(error)
}

_aliases(error) := ["actionlint:expression/parse-error", "actionlint-fork:expression/parse-error", "github:parser/an-expression-was-expected"] if {
	startswith(error, "the expression is empty")
}

_aliases(error) := ["actionlint:expression/lex-error", "actionlint:expression/parse-error", "actionlint-fork:expression/lex-error", "actionlint-fork:expression/parse-error", "github:parser/the-expression-is-not-closed", "github:parser/unexpected-symbol", "github:parser/unexpected-end-of-expression", "github:languageservice/unexpected-symbol"] if {
	not startswith(error, "unknown function")
	not startswith(error, "the expression is empty")
	not _is_about_arguments(error)
}

_is_about_arguments(error) if contains(error, "` takes ")
