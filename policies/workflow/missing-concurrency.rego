# METADATA
# title: Missing concurrency limit
# description: |
#   Each push starts the workflow again while earlier runs go on, for a state nobody waits for.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#concurrency
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: the workflow does not limit concurrent runs
#   remediation: Add `concurrency` with a group per branch and `cancel-in-progress`.
#   aliases: [zizmor:concurrency-limits]
#   default: off
#   profiles: [pedantic]
package rules.workflow["missing-concurrency"]

deny contains {"at": workflow.at, "field": "on"} if {
	some workflow in input.workflows
	workflow.kind == "workflow"
	not workflow.has_concurrency
	some name in workflow.trigger_names
	name in {"push", "pull_request", "pull_request_target"}
	some job in input.index.jobs_by_workflow[workflow.at]
	not job.has_concurrency
}
