# METADATA
# title: Event that does not exist
# description: |
#   GitHub refuses the workflow, so no other event starts it either.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Correct the name of the event.
#   aliases:
#     - actionlint:events/unknown-event
#     - actionlint-fork:events/unknown-event
#     - github:languageservice/unexpected-value
package rules.workflow["unknown-event"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-event"
}
