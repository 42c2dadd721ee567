# METADATA
# title: Dangerous trigger
# description: |
#   `pull_request_target` and `workflow_run` run for pull requests from forks, and `issue_comment` for comments by anyone, with the secrets and the token
#   of this repository. A step that reads an artifact of the pull request, an action that checks it out by itself, an agent that does what it reads, or a
#   called workflow that is given secrets may expose both to its author. A workflow that only calls GitHub's API, or checks out this repository's own code,
#   is not reported; one that checks out the pull request is by [`workflow/untrusted-checkout`](untrusted-checkout.md).
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{trigger}` runs {cause}, with {access}: {what}{culprit}"
#   remediation: "{advice}{more}."
#   how_to_fix: >-
#     Do what needs the code in a `pull_request` workflow. In `workflow_run`, compare `head_repository.full_name` with `github.repository` in `if`, and
#     do not execute artifacts of forks; for `issue_comment`, test `author_association` in `if`. Give called workflows only the secrets that they need.
#   aliases:
#     - zizmor:dangerous-triggers
#     - when: {trigger: pull_request_target}
#       ids: [kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9@check_for_pr, github-hardening:pull-request-target]
#   once: true
package rules.workflow["dangerous-trigger"]

import data.lib.checkouts

deny contains {
	"at": trigger.at, "trigger": trigger.name, "severity": _severity(workflow, trigger.name), "what": brought[0][0], "culprit": brought[0][1],
	"cause": _cause(trigger.name), "access": _access(workflow, trigger.name), "advice": _advice(workflow, trigger.name), "more": _more(workflow, trigger.name), "minor": _is_minor(workflow, trigger.name),
} if {
	some workflow in input.workflows
	some trigger in workflow.triggers
	trigger.name in {"pull_request_target", "workflow_run", "issue_comment"}
	brought := array.concat(_brought(workflow, trigger.name), _called(workflow, trigger.name))
	count(brought) > 0
	not _is_reported(workflow)
}

# What a workflow of another repository does cannot be read here, and `secrets: inherit` is a finding of its own.
_is_minor(workflow, name) if {
	count(_brought(workflow, name)) == 0
	count([1 |
		some job in _calling(workflow, name)
		job.action.ref_kind == "local"
	]) == 0
} else := false

# A comment alone brings no code: a step must go and get it.
_severity(workflow, "issue_comment") := "info" if not _is_of_forks(workflow)

_severity(workflow, "issue_comment") := "warning" if _is_of_forks(workflow)

_severity(workflow, name) := "warning" if {
	name != "issue_comment"
	not _is_tame(workflow, name)
}

_severity(workflow, name) := "info" if {
	name != "issue_comment"
	_is_tame(workflow, name)
}

# Nothing but calls of workflows that get named secrets, a token that does not write, and nothing that says which code to take.
_is_tame(workflow, name) if {
	count(_brought(workflow, name)) == 0
	count([1 |
		some job in input.index.jobs_by_workflow[workflow.at]
		job.is_reusable_call
		name in job.events
		_takes_more(job)
	]) == 0
}

_takes_more(job) if job.inherits_secrets

_takes_more(job) if _may_write(job)

_takes_more(job) if {
	some _, value in job["with"]
	some part in ["head", ".number", "merge_commit_sha"]
	contains(value, part)
}

_is_of_forks(workflow) if {
	some name in workflow.trigger_names
	name in {"pull_request_target", "workflow_run"}
}

_cause("pull_request_target") := "for pull requests from forks"

_cause("workflow_run") := "after workflows that pull requests from forks may start"

_cause("issue_comment") := "on comments by anyone"

_advice(workflow, name) := "Check that the called workflow runs nothing of the pull request, and has no more secrets than it needs" if {
	name != "issue_comment"
	_is_tame(workflow, name)
} else := "Do what needs the code in a workflow of `pull_request`, and pass on only the secrets that are needed" if {
	name == "pull_request_target"
} else := "Compare `github.event.workflow_run.head_repository.full_name` with `github.repository` in `if`" if {
	name == "workflow_run"
} else := "Compare `github.event.comment.author_association` in the `if` of each job"

_more(workflow, name) := "; where forks are meant, treat their artifacts as untrusted: do not execute them or write them to `$GITHUB_ENV`" if {
	name == "workflow_run"
	not _is_tame(workflow, name)
} else := ""

# What the jobs get that the event starts.
_access(workflow, name) := "a write token" if {
	not _has_secrets(workflow, name)
	_writes(workflow, name)
} else := "this repository's default token" if {
	not _has_secrets(workflow, name)
} else := "this repository's secrets and a write token" if {
	_writes(workflow, name)
} else := "this repository's secrets and its default token" if {
	_has_default(workflow, name)
} else := "this repository's secrets"

# A called workflow has only the secrets that it is given.
_has_secrets(workflow, name) if count(_brought(workflow, name)) > 0

_has_secrets(workflow, name) if {
	some job in _calling(workflow, name)
	job.inherits_secrets
}

_has_secrets(workflow, name) if {
	some job in _calling(workflow, name)
	count(job.secrets) > 0
}

_writes(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	name in job.events
	_may_write(job)
}

# `id-token` writes nothing in the repository.
_may_write(job) if {
	some scope, level in job.token_permissions
	scope != "id-token"
	level == "write"
}

_has_default(workflow, name) if {
	some job in input.index.jobs_by_workflow[workflow.at]
	name in job.events
	not job.token_permissions
}

# Jobs that outsiders start and that call a workflow with more than the right to read.
_called(workflow, name) := [[sprintf("job `%s` calls ", [job.id]), sprintf("`%s`", [job.uses])] |
	some job in _calling(workflow, name)
]

_calling(workflow, name) := [job |
	some job in input.index.jobs_by_workflow[workflow.at]
	job.is_reusable_call
	not job.calls_tame
	not job.is_guarded
	name in job.events
	_is_given_more(job)
]

_is_given_more(job) if job.inherits_secrets

_is_given_more(job) if count(job.secrets) > 0

_is_given_more(job) if _may_write(job)

_is_given_more(job) if not job.token_permissions

# Steps that bring in what outsiders may have written.
_brought(workflow, name) := [_what(step) |
	some job in input.index.jobs_by_workflow[workflow.at]
	not job.is_guarded
	name in job.events
	some at in job.steps
	some step in input.index.steps_by_at[at]
	step.brings_foreign
	not step.is_guarded
	name in step.events
]

_what(step) := ["text of outsiders is the prompt of ", sprintf("`%s`", [step.uses])] if {
	step.action.slug in {"anthropics/claude-code-base-action", "google-gemini/gemini-cli-action", "google-github-actions/run-gemini-cli"}
} else := [sprintf("`%s` ", [step.uses]), "downloads an artifact that a pull request from a fork may have produced"] if {
	step.uses
	contains(step.action.full, "artifact")
} else := [sprintf("`%s` ", [step.uses]), "checks out the code of the pull request"] if {
	step.uses
	not step.action.slug == "actions/github-script"
} else := ["a script downloads ", "an attacker-controlled artifact"] if {
	step.uses
} else := ["a script downloads ", "an attacker-controlled artifact"] if {
	contains(step.run_text, "gh run download")
} else := ["a script downloads ", "attacker-controlled files"]

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
