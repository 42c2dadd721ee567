# METADATA
# title: Key that GitHub does not know
# description: |
#   GitHub refuses a workflow with a key it does not know, and so runs none of it; most often it is
#   misspelt or stands at the wrong depth.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Correct its spelling, move it to where it belongs, or remove it.
#   aliases:
#     - actionlint:syntax-check/unexpected-key
#     - actionlint-fork:syntax-check/unexpected-key
#     - github:parser/unexpected-value
#     - github:languageservice/unexpected-value
package rules.workflow["unknown-key"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-key"
}
