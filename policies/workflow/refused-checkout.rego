# METADATA
# title: Checkout that the action refuses
# description: |
#   Since July 2026 `actions/checkout` refuses the code of a fork where the run has the secrets of this repository: in `pull_request_target` and
#   `workflow_run`. The step fails for each pull request from a fork, and what comes after it never runs. Who sets `allow-unsafe-pr-checkout` to mend that
#   runs attacker-controlled code with the secrets.
# related_resources:
#   - https://github.com/actions/checkout#readme
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{action}` refuses the code of a fork in `{event}`, so the job fails for pull requests from forks"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Do what needs the code in a `pull_request` workflow, which has no secrets; for `workflow_run`, in the workflow that ran before, and hand over the
#     result as an artifact. If forks are not meant, compare the `full_name` of the head repository with `github.repository` in `if`.
#   once: true
package rules.workflow["refused-checkout"]

import data.lib.checkouts
import data.lib.steps

deny contains {"at": expression.at, "about": step.at, "action": step.uses, "event": event, "advice": _advice(event)} if {
	some step in input.steps
	step.action.slug == "actions/checkout"
	step.action.refuses_forks
	not step.is_guarded
	not step["continue_on_error"]
	not steps.is_off(step)
	checkouts.is_refused(step)
	some expression in input.index.expressions_by_step[step.at]
	expression.key in {"with.ref", "with.repository"}
	_is_of_fork(expression)
	_is_first(step, expression)
	event := _event(expression)
}

# One finding a step: the commit, or else the repository.
_is_first(_, expression) if expression.key == "with.ref"

_is_first(step, expression) if {
	expression.key == "with.repository"
	not _names_commit(step)
}

_names_commit(step) if {
	some expression in input.index.expressions_by_step[step.at]
	expression.key == "with.ref"
	_is_of_fork(expression)
}

_is_of_fork(expression) if {
	some context in expression.contexts
	context in {
		"github.event.pull_request.head.sha",
		"github.event.pull_request.head.repo.full_name",
		"github.event.workflow_run.head_sha",
		"github.event.workflow_run.head_repository.full_name",
	}
}

# The event by which it gets there.
_event(expression) := "pull_request_target" if "pull_request_target" in expression.payload_events

_event(expression) := "workflow_run" if {
	not "pull_request_target" in expression.payload_events
	"workflow_run" in expression.payload_events
}

_advice("pull_request_target") := "Do what needs the code in a workflow of `pull_request`, which has no secrets; if forks are not meant, compare `github.event.pull_request.head.repo.full_name` with `github.repository` in `if`"

_advice("workflow_run") := "Do what needs the code in the workflow that ran before, and hand its result over as an artifact; if forks are not meant, compare `github.event.workflow_run.head_repository.full_name` with `github.repository` in `if`"
