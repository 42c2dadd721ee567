# METADATA
# title: Spoofable bot check
# description: |
#   `github.actor` is who triggered the run last, not who wrote the code: an attacker can make a bot act on their own pull request, and the condition
#   holds. If the condition compares the author of the pull request, or its repository with this one, that decides. A run of `pull_request` for a fork
#   has no secrets and a token that only reads, so there it is advice.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{actor}` is whoever triggered the latest run, not the author of the pull request; an attacker can make it `{bot}`"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Compare the author: `github.event.pull_request.user.login` in pull request events, `github.event.issue.user.login` in `issue_comment`. In
#     `workflow_run`, compare `github.event.workflow_run.actor.login` and `github.event.workflow_run.head_repository.full_name`.
#   aliases: [zizmor:bot-conditions, codeql:SpoofableActorCheck]
package rules.workflow["bot-condition"]

import data.lib.steps

deny contains {"at": expression.at, "actor": context, "bot": _bot(expression), "advice": _advice(expression), "severity": _severity(expression)} if {
	some expression in input.expressions
	expression.place == "if"
	some context in expression.contexts
	context in {"github.actor", "github.triggering_actor", "github.actor_id", "github.event.pull_request.sender.login"}
	_names_bot(expression)
	_is_of_pull_request(expression)
	not _compares_author(expression)
	not _is_guarded(expression)
	_may_be_spoofed(expression)
}

_is_of_pull_request(expression) if steps.is_started_by_pull_request(expression)

_is_of_pull_request(expression) if _is_called_by_one(expression)

# A workflow that is called, and reads the pull request of its caller.
_is_called_by_one(expression) if {
	expression.events == ["workflow_call"]
	some other in input.index.expressions_by_workflow[expression.workflow]
	some context in other.contexts
	startswith(context, "github.event.pull_request.")
}

_may_be_spoofed(expression) if _is_called_by_one(expression)

# Who opens a pull request is its author; a bot is made to push to one, to reopen it or to comment on it.
_may_be_spoofed(expression) if {
	some workflow in input.index.workflows_by_at[expression.workflow]
	some trigger in workflow.triggers
	trigger.name in expression.events
	trigger.name != "workflow_dispatch"
	not _is_of_opening(trigger)
	steps.is_started_by_pull_request({"events": [trigger.name]})
}

_is_of_opening(trigger) if {
	trigger.name in {"pull_request", "pull_request_target"}
	trigger.types == ["opened"]
}

# Another part of the condition, or a condition above it, keeps forks out.
_is_guarded(expression) if {
	some step in input.index.steps_by_at[expression.step]
	step.is_guarded
}

_is_guarded(expression) if {
	some job in input.index.jobs_by_at[expression.job]
	job.is_guarded
}

# The first step of the job fails unless Dependabot opened the pull request and wrote its commits.
_is_guarded(expression) if {
	not expression.step
	some step in input.index.steps_by_job[expression.job]
	step.number == 0
	step.action.slug == "dependabot/fetch-metadata"
	not step.continue_on_error
	not step.has_if
	count([key | some key, _ in step["with"]; startswith(lower(key), "skip-")]) == 0
}

_severity(expression) := "warning" if {
	steps.is_started_by(expression, {"pull_request_target", "issue_comment", "workflow_run"})
} else := "info"

_bot(expression) := bots[0] if {
	bots := [literal | some literal in expression.demanded; endswith(literal, "[bot]")]
	count(bots) > 0
} else := "dependabot[bot]"

# `&&` with the author of the pull request; with `||` either is enough.
_compares_author(expression) if {
	some context in expression.contexts
	context in {"github.event.pull_request.user.login", "github.event.pull_request.user.id", "github.event.workflow_run.pull_requests.*.user.login", "github.event.workflow_run.head_commit.author.name"}
	not contains(expression.text, "||")
}

_advice(expression) := "Compare `github.event.workflow_run.actor.login` and its `head_repository.full_name` instead" if {
	_is_after_run(expression)
} else := "Compare `github.event.pull_request.user.login` instead" if {
	steps.is_started_by(expression, {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment", "workflow_call"})
} else := "Compare `github.event.issue.user.login` instead"

_is_after_run(expression) if {
	steps.is_started_by(expression, {"workflow_run"})
	not steps.is_started_by(expression, {"pull_request", "pull_request_target"})
}

_names_bot(expression) if {
	some literal in expression.demanded
	endswith(literal, "[bot]")
}

# The numbers of Dependabot and Renovate.
_names_bot(expression) if {
	some literal in expression.demanded
	literal in {"49699333", "29139614"}
}
