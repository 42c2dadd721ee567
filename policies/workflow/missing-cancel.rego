# METADATA
# title: Concurrency without cancel-in-progress
# description: |
#   `concurrency` with a group alone lets a run wait for the one before it, which goes on for a state that nobody waits for any more. Off by default: a
#   deployment must not be cancelled.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency
# custom:
#   severity: info
#   confidence: low
#   category: performance
#   message: "`concurrency` does not say whether a running workflow is cancelled"
#   remediation: "Write `cancel-in-progress: true`, or `false` where a run must finish."
#   aliases:
#     - zizmor:concurrency-limits
#   default: off
#   profiles: [pedantic]
package rules.workflow["missing-cancel"]

deny contains {"at": workflow.at, "field": "concurrency"} if {
	some workflow in input.workflows
	workflow.kind == "workflow"
	workflow.has_concurrency
	not workflow.has_cancel
}
