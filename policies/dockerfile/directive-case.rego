# METADATA
# title: Parser directive not in lower case
# description: |
#   A parser directive is read in any case, and written in lower case everywhere: in capitals it looks like an ordinary comment.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#parser-directives
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "{problem}"
#   remediation: "Write it in lower case: `# syntax=…`."
#   aliases:
#     - dockerfile-utils:CASING_DIRECTIVE
package rules.dockerfile["directive-case"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/directive-case"
}
