# METADATA
# title: Function that cannot be called here
# description: |
#   `success()` and its like belong into conditions, and `hashFiles()` into steps, where there are
#   files. GitHub refuses the workflow.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Move the call to where it may stand.
#   aliases:
#     - actionlint:expression/function-not-available
#     - actionlint-fork:expression/function-not-available
#     - github:parser/unrecognized-function
#     - github:languageservice/unrecognized-function
package rules.workflow["unavailable-function"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unavailable-function"
}
