# METADATA
# title: Activity that the event does not have
# description: |
#   GitHub refuses the workflow: each event has activities of its own.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Take the activity from the list of the event.
#   aliases:
#     - actionlint:events/invalid-activity-type
#     - actionlint-fork:events/invalid-activity-type
#     - github:languageservice/unexpected-value
package rules.workflow["unknown-activity"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-activity"
}
