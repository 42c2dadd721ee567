# METADATA
# title: Privileged trigger
# description: |
#   `pull_request_target`, `workflow_run` and `issue_comment` run with the secrets and the token of this repository for what outsiders do. A workflow
#   that only calls GitHub's API is safe with them, as long as nobody adds a step that brings code: this rule lists such workflows for a review.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{trigger}` runs with this repository's secrets and token for what outsiders do"
#   remediation: Use `pull_request` where no secret and no write access is needed.
#   aliases:
#     - zizmor:dangerous-triggers
#     - when: {trigger: pull_request_target}
#       ids: [kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9@check_for_pr, github-hardening:pull-request-target]
#   default: off
#   profiles: [pedantic]
package rules.workflow["privileged-trigger"]

deny contains {"at": trigger.at, "trigger": trigger.name} if {
	some workflow in input.workflows
	some trigger in workflow.triggers
	trigger.name in {"pull_request_target", "workflow_run", "issue_comment"}
	_runs(workflow, trigger.name)
}

# Some job runs for others than people with rights.
_runs(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	not job.is_guarded
	name in job.events
}
