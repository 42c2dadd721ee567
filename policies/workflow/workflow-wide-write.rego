# METADATA
# title: Write permission for every job
# description: |
#   Every job has the permissions that the workflow grants, including jobs that only run tests. If one of them runs code from a pull request or a
#   compromised action, that code has write access.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "every job without `permissions` of its own has write access to {scopes}"
#   remediation: "Move {moved} to `permissions` of the jobs that need {them}, and leave `contents: read` or nothing for the workflow."
#   how_to_fix: >-
#     Move each `write` scope to `permissions` of the jobs that need it, and leave `contents: read` or an empty mapping for the workflow.
#   aliases:
#     - zizmor:excessive-permissions
#     - when: is_scored
#       ids: [scorecard:Token-Permissions, scorecard:topLevelPermissions]
#     - kics:a9b8c7d6-e5f4-4a3b-8c1d-0e9f8a7b6c5d
#     - kics:workflow_with_overly_permissive_permissions
package rules.workflow["workflow-wide-write"]

import data.lib.permissions
import data.lib.scopes

# One finding for the block, at its first right.
deny contains {"at": permission.at, "field": permission.field, "scopes": concat(", ", [sprintf("`%s`", [scope]) | some scope in granted]), "is_scored": _is_scored(granted), "minor": _is_minor(permission.workflow, granted), "moved": concat(", ", [sprintf("`%s: write`", [scope]) | some scope in granted]), "them": _them(granted)} if {
	some permission in input.permissions
	permission.subject == "workflow"
	not permission.is_all
	permission.level == "write"
	some workflow in input.index.workflows_by_at[permission.workflow]
	workflow.trigger_names != ["workflow_call"]
	count(input.index.jobs_by_workflow[permission.workflow]) > 1
	permissions.is_taken(permission)
	granted := [other.scope |
		some other in input.index.permissions_by_at[permission.at]
		other.level == "write"
	]
	permission.scope == granted[0]
	not _is_needed_by_all(permission.workflow, granted)
	not _has_one_action(permission.workflow)
	not _only_calls(permission.workflow)
}

_them(granted) := "it" if {
	count(granted) == 1
} else := "them"

# What called workflows need is not known here.
_only_calls(workflow) if count([1 |
	some job in input.index.jobs_by_workflow[workflow]
	not job.has_permissions
	not job.is_reusable_call
]) == 0

# Whether all jobs that have no permissions of their own run the same action, and so need the same.
_has_one_action(workflow) if {
	jobs := [job | some job in input.index.jobs_by_workflow[workflow]; not job.has_permissions]
	some step in input.index.steps_by_job[jobs[0].at]
	_does_more(step)
	count([1 | some job in jobs; not _runs(job, step.action.full)]) == 0
}

_does_more(step) if {
	step.uses
	step.action.slug != ""
	step.action.slug != "actions/checkout"
	step.action.slug != "actions/github-script"
	not startswith(step.action.slug, "actions/setup-")
}

_runs(job, action) if {
	some step in input.index.steps_by_job[job.at]
	step.action.full == action
}

# Whether every job that has no permissions of its own is known to use each scope.
_is_needed_by_all(workflow, granted) if count([1 |
	some job in input.index.jobs_by_workflow[workflow]
	not job.has_permissions
	not _needs(job, granted)
]) == 0

# Nearly every job uses them: little is gained by moving them.
_is_minor(workflow, granted) if {
	open := [job | some job in input.index.jobs_by_workflow[workflow]; not job.has_permissions]
	users := [job | some job in open; _uses_one(job, granted)]
	count(open) > 0
	count(open) == count(users)
} else if {
	_has_one_local_action(workflow)
} else if {
	open := [job | some job in input.index.jobs_by_workflow[workflow]; not job.has_permissions]
	users := [job | some job in open; _uses_one(job, granted)]
	count(open) > 2
	4 * (count(open) - count(users)) <= count(open)
} else := false

_uses_one(job, granted) if {
	needed := scopes.needed(job)
	some scope in granted
	concat("", [scope, ": write"]) in needed
}

# A step that gets credentials of a cloud by the token of the job.
_uses_one(job, granted) if {
	"id-token" in granted
	some step in input.index.steps_by_job[job.at]
	step.action.slug in {"aws-actions/configure-aws-credentials", "azure/login", "google-github-actions/auth", "hashicorp/vault-action", "pypa/gh-action-pypi-publish"}
}

# Trusted publishing asks for such a token by itself.
_uses_one(job, granted) if {
	"id-token" in granted
	some command in input.index.commands_by_job[job.at]
	command.program in {"npm", "pnpm", "yarn", "uv", "cargo", "gem", "twine"}
	some word in command.args
	word in {"publish", "push", "upload"}
}

# Every job tries out the same action of the repository, which needs the same.
_has_one_local_action(workflow) if {
	jobs := [job | some job in input.index.jobs_by_workflow[workflow]; not job.has_permissions]
	some step in input.index.steps_by_job[jobs[0].at]
	startswith(step.uses, "./")
	count([1 | some job in jobs; not _runs_local(job, step.uses)]) == 0
}

_runs_local(job, uses) if {
	some step in input.index.steps_by_job[job.at]
	step.uses == uses
}

_needs(job, granted) if {
	needed := scopes.needed(job)
	count([scope | some scope in granted; not concat("", [scope, ": write"]) in needed]) == 0
}

_is_scored(scopes) if {
	_has_scored(scopes)
} else := false

_has_scored(scopes) if {
	some scope in scopes
	scope in {"actions", "checks", "contents", "deployments", "packages", "security-events", "statuses"}
}
