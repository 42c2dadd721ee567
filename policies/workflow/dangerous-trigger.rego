# METADATA
# title: Dangerous trigger
# description: |
#   `pull_request_target` and `workflow_run` run for pull requests from forks, and `issue_comment` for comments by anyone, with the secrets and the token
#   of this repository. A step that runs code of the pull request, or reads its artifacts, exposes both to its author. A workflow that only calls GitHub's
#   API runs no such code, and is not reported.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{trigger}` runs {cause}, with {access}"
#   remediation: "{advice}."
#   aliases:
#     - zizmor:dangerous-triggers
#     - when: {trigger: pull_request_target}
#       ids: [kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9@check_for_pr, github-hardening:pull-request-target]
package rules.workflow["dangerous-trigger"]

import data.lib.checkouts

deny contains {
	"at": trigger.at, "trigger": trigger.name, "severity": _severity(workflow, trigger.name),
	"cause": _cause(trigger.name), "access": _access(workflow, trigger.name), "advice": _advice(trigger.name),
} if {
	some workflow in input.workflows
	some trigger in workflow.triggers
	trigger.name in {"pull_request_target", "workflow_run", "issue_comment"}
	_brings(workflow, trigger.name)
	not _is_reported(workflow)
}

# A comment alone brings no code: a step must go and get it.
_severity(workflow, "issue_comment") := "info" if not _is_of_forks(workflow)

_severity(workflow, "issue_comment") := "warning" if _is_of_forks(workflow)

_severity(_, name) := "warning" if name != "issue_comment"

_is_of_forks(workflow) if {
	some name in workflow.trigger_names
	name in {"pull_request_target", "workflow_run"}
}

_cause("pull_request_target") := "for pull requests from forks"

_cause("workflow_run") := "after workflows that pull requests from forks may start"

_cause("issue_comment") := "for comments of everybody"

_advice("pull_request_target") := "Do not check out or run code of the pull request here; use `pull_request` for that"

_advice("workflow_run") := "Compare `github.event.workflow_run.head_repository.full_name` with `github.repository` in `if`"

_advice("issue_comment") := "Compare `github.event.comment.author_association` in the `if` of each job"

# What the jobs get that the event starts.
_access(workflow, name) := "this repository's secrets and a write token" if {
	_writes(workflow, name)
} else := "this repository's secrets and its default token" if {
	_has_default(workflow, name)
} else := "this repository's secrets"

_writes(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	name in job.events
	some level in job.token_permissions
	level == "write"
}

_has_default(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	name in job.events
	not job.token_permissions
}

# A job that outsiders start calls a workflow, or has a step that brings code or artifacts.
_brings(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	job.is_reusable_call
	not job.is_guarded
	name in job.events
}

_brings(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	not job.is_guarded
	name in job.events
	some at in job.steps
	some step in input.index.steps_by_at[at]
	step.brings_code
	not step.is_guarded
	name in step.events
}

# The checkout of such code is a finding of its own.
_is_reported(workflow) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	some at in job.steps
	some step in input.index.steps_by_at[at]
	step.action.slug == "actions/checkout"
	not step.is_guarded
	not step.action.refuses_forks
	count(checkouts.untrusted(step)) > 0
}
