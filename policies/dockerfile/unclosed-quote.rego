# METADATA
# title: Quote that nothing closes
# description: |
#   The builder fills in variables in this instruction, and stops at a quote that is still open at its end. Words of `COPY`
#   end at every blank, also between quotes: paths with blanks need a JSON list.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#environment-replacement
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Close the quote, escape it, or write paths with blanks as a JSON list."
#   aliases:
#     - dockerfile-utils:SYNTAX_MISSING_SINGLE_QUOTE
#     - dockerfile-utils:SYNTAX_MISSING_DOUBLE_QUOTE
package rules.dockerfile["unclosed-quote"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/unclosed-quote"
}
