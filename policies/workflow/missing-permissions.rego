# METADATA
# title: Missing permissions
# description: |
#   Where neither the workflow nor the job sets the permissions of its token, it has the default of the repository or the organisation, which in older
#   ones is write access to nearly everything. Whoever takes over a step of the job has that token. A job whose steps are scripts that are not given the
#   token cannot use it, and is not reported, nor is a workflow of Forgejo or Gitea, which ignore the key.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   across_files: true
#   message: "{holder} the permissions of `GITHUB_TOKEN`"
#   remediation: "{advice}{scopes}{rest}."
#   how_to_fix: >-
#     Add `permissions` to each job with the scopes that it uses; those that are not listed become `none`. For a job that calls a workflow, list what
#     that workflow needs; for one that does not use the token, write an empty mapping.
#   aliases:
#     - zizmor:excessive-permissions
#     - ghalint:job_permissions
#     - scorecard:Token-Permissions
#     - scorecard:topLevelPermissions
#     - scorecard:hasNoGitHubWorkflowPermissionUnknown
#     - codeql:MissingActionsPermissions
#     - github-hardening:token-least-privilege
#     - checkov:CKV2_GHA_1
#     - {id: poutine:default_permissions_on_risky_events, when: is_risky}
#   once: true
package rules.workflow["missing-permissions"]

import data.lib.scopes

# Once for a workflow without any, unless a single job uses the token.
deny contains {"at": workflow.at, "field": "permissions", "holder": "neither the workflow nor any of its jobs limits", "advice": "Add `permissions` to each job with the scopes that it uses; ", "scopes": "those that are not listed ", "rest": "become `none`", "is_risky": _is_risky(workflow)} if {
	some workflow in input.workflows
	not workflow.has_permissions
	not workflow.is_dialect
	not _is_only_called(workflow)
	jobs := input.index.jobs_by_workflow[workflow.at]
	not _has_any(jobs)
	users := _users(jobs)
	count(users) > 1
}

deny contains {"at": job.at, "field": "permissions", "holder": sprintf("job `%s` does not limit", [job.id]), "advice": _advice(job, needed, unknown), "scopes": scopes.listed(needed), "rest": _rest(needed, unknown), "is_risky": _is_risky(workflow)} if {
	some workflow in input.workflows
	not workflow.has_permissions
	not workflow.is_dialect
	not _is_only_called(workflow)
	jobs := input.index.jobs_by_workflow[workflow.at]
	users := _users(jobs)
	_is_for_each(jobs, users)
	some job in users
	needed := scopes.needed(job)
	unknown := _unknown(job)
}

_has_any(jobs) if {
	some job in jobs
	job.has_permissions
}

_is_for_each(jobs, _) if _has_any(jobs)

_is_for_each(jobs, users) if {
	not _has_any(jobs)
	count(users) == 1
}

# The jobs without permissions of their own that can use the token.
_users(jobs) := [job |
	some job in jobs
	not job.has_permissions
	_may_use(job)
]

_may_use(job) if job.is_reusable_call

# An action reads the token by itself.
_may_use(job) if {
	some step in input.index.steps_by_job[job.at]
	step.uses
}

_may_use(job) if {
	some expression in input.index.expressions_by_job[job.at]
	_reads_token(expression)
}

_reads_token(expression) if {
	some context in expression.contexts
	context in {"github.token", "secrets.github_token", "github", "secrets"}
}

_advice(job, needed, unknown) := sprintf("Add `permissions: { %s }` to the job, which is what the jobs of the called workflow ask for", [_asked(job)]) if {
	job.called_permissions
} else := "Add `permissions` with what the called workflow needs" if {
	job.is_reusable_call
} else := "Add `permissions: {}` to the job, which uses none" if {
	count(needed) == 0
	unknown == ""
} else := sprintf("Add `permissions` to the job with the scopes that %s needs", [unknown]) if {
	count(needed) == 0
} else := "Add `permissions: { "

_asked(job) := concat(", ", sort([scope | some name, level in job.called_permissions; scope := sprintf("%s: %s", [name, level])]))

_rest(needed, unknown) := "" if {
	count(needed) == 0
} else := " }` to the job; scopes that are not listed become `none`" if {
	unknown == ""
} else := sprintf(" }` to the job, and what %s needs; other scopes become `none`", [unknown])

# What else may use the token: the first action that is not known, or a script that is given it.
_unknown(job) := found[0] if {
	found := [_name(step) |
		some step in input.index.steps_by_job[job.at]
		step.uses
		not scopes.is_known(step)
	]
	count(found) > 0
} else := "its script" if {
	_gives_token(job)
} else := ""

# Without the reference, which may be a long hash.
_name(step) := sprintf("the local action `%s`", [step.uses]) if {
	startswith(step.uses, "./")
} else := sprintf("`%s`", [step.action.name]) if {
	step.action.name != ""
} else := sprintf("`%s`", [step.uses])

# Outsiders start it with the token of the repository.
_is_risky(workflow) if {
	_has_risky_event(workflow)
} else := false

_has_risky_event(workflow) if {
	some name in workflow.trigger_names
	name in {"pull_request_target", "issue_comment", "issues", "workflow_run", "discussion", "discussion_comment", "fork", "watch"}
}

_gives_token(job) if {
	some expression in input.index.expressions_by_job[job.at]
	_reads_token(expression)
	not _is_for_known(expression)
}

_is_for_known(expression) if {
	some step in input.index.steps_by_at[expression.step]
	step.uses
	scopes.is_known(step)
}

# A workflow that is only called has at most the permissions of its caller.
_is_only_called(workflow) if workflow.trigger_names == ["workflow_call"]
