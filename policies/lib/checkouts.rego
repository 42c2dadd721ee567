# Questions about the code that a step checks out.
package lib.checkouts

import data.lib.steps

# The expressions by which a step checks out what an outsider wrote.
untrusted(step) := [expression.text |
	some expression in input.index.expressions_by_step[step.at]
	expression.key in {"with.ref", "with.repository"}
	_is_of_outsider(expression)
	_is_privileged(expression)
]

# The events with the secrets of the repository that fill one of them.
events(step) := {event |
	some expression in input.index.expressions_by_step[step.at]
	expression.key in {"with.ref", "with.repository"}
	_is_of_outsider(expression)
	some event in expression.payload_events
	event in privileged
}

# Events that outsiders cause, and whose runs have the secrets.
privileged := {"pull_request_target", "workflow_run", "issue_comment"}

# What fills the expression must be what gives the run its secrets: `github.event.pull_request` is nothing in a run for a comment.
_is_privileged(expression) if {
	some event in expression.payload_events
	event in privileged
}

_is_of_outsider(expression) if {
	some context in expression.contexts
	context in {
		"github.head_ref",
		"github.event.pull_request.head.ref",
		"github.event.pull_request.head.sha",
		"github.event.pull_request.head.label",
		"github.event.pull_request.head.repo.full_name",
		"github.event.pull_request.merge_commit_sha",
		"github.event.pull_request.number",
		"github.event.number",
		"github.event.issue.number",
		"github.event.workflow_run.head_branch",
		"github.event.workflow_run.head_sha",
		"github.event.workflow_run.head_commit.id",
		"github.event.workflow_run.head_repository.full_name",
	}
}

# The check of the action itself, which `allow-unsafe-pr-checkout` turns off; it makes none for comments.
is_refused(step) if {
	step.action.refuses_forks
	not "issue_comment" in events(step)
	not _is_allowed(step)
}

_is_allowed(step) if {
	steps.is_set(step, "allow-unsafe-pr-checkout")
	lower(steps.setting(step, "allow-unsafe-pr-checkout")) != "false"
}
