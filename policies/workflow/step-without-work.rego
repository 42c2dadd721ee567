# METADATA
# title: Step that does not say one thing to do
# description: |
#   A step either runs a script or uses an action; GitHub refuses one that does neither, or both.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Give the step `run` or `uses`; split it in two if it needs both."
#   aliases:
#     - actionlint:syntax-check/step-run-or-uses
#     - actionlint-fork:syntax-check/step-run-or-uses
#     - github:languageservice/expected-one-of-uses-or-run
#     - github:parser/not-enough-info
#     - github:languageservice/not-enough-info
#     - github:parser/required-property-is-missing
package rules.workflow["step-without-work"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/step-without-work"
}
