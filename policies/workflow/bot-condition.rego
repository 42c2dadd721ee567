# METADATA
# title: Spoofable bot check
# description: |
#   `github.actor` is who triggered the run last, not who wrote the code: an attacker can make a bot act on their own pull request, and the condition
#   holds. If the condition compares the author of the pull request as well, that decides.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "this condition trusts `{actor}`, which an attacker can make a bot"
#   remediation: "{advice}."
#   aliases: [zizmor:bot-conditions, codeql:SpoofableActorCheck]
package rules.workflow["bot-condition"]

import data.lib.steps

deny contains {"at": expression.at, "actor": context, "advice": _advice(expression)} if {
	some expression in input.expressions
	expression.place == "if"
	some context in expression.contexts
	context in {"github.actor", "github.triggering_actor", "github.actor_id", "github.event.pull_request.sender.login"}
	_names_bot(expression)
	steps.is_started_by_pull_request(expression)
	not _compares_author(expression)
}

# `&&` with the author of the pull request; with `||` either is enough.
_compares_author(expression) if {
	some context in expression.contexts
	context in {"github.event.pull_request.user.login", "github.event.pull_request.user.id", "github.event.workflow_run.pull_requests.*.user.login", "github.event.workflow_run.head_commit.author.name"}
	not contains(expression.text, "||")
}

_advice(expression) := "Compare `github.event.workflow_run.actor.login` and its `head_repository.full_name` instead" if {
	_is_after_run(expression)
} else := "Compare `github.event.pull_request.user.login` instead" if {
	steps.is_started_by(expression, {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment"})
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
