# METADATA
# title: Dangerous trigger
# description: |
#   `pull_request_target` and `workflow_run` run for pull requests of anyone, and `issue_comment` for comments of anyone, with the secrets and the write
#   token of this repository. One step that uses untrusted input, as code or in a script, exposes both.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{trigger}` runs on events that anyone can cause, with the secrets and token of this repository"
#   remediation: "Do not check out, run or expand untrusted input in this workflow; or limit its jobs to members with `if`."
#   aliases:
#     - zizmor:dangerous-triggers
#     - when: {trigger: pull_request_target}
#       ids: [kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9@check_for_pr, github-hardening:pull-request-target]
package rules.workflow["dangerous-trigger"]

deny contains {"at": trigger.at, "trigger": trigger.name} if {
	some workflow in input.workflows
	some trigger in workflow.triggers
	trigger.name in {"pull_request_target", "workflow_run", "issue_comment"}
	not _is_only_labels(workflow)
	not _is_guarded(workflow)
}

# Each job runs for people with rights alone.
_is_guarded(workflow) if {
	jobs := input.index.jobs_by_workflow[workflow.at]
	count(jobs) > 0
	count([job | some job in jobs; not job.is_guarded]) == 0
}

# The labeler reads file names through the API and runs nothing.
_is_only_labels(workflow) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	count(input.index.jobs_by_workflow[workflow.at]) == 1
	count(job.steps) == 1
	some step in input.index.steps_by_at[job.steps[0]]
	step.action.slug == "actions/labeler"
}
