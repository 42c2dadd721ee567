# Questions about steps and the workflows they belong to.
package lib.steps

# Whether one of these events can start a job or a step, or what an expression is in.
is_started_by(row, events) if {
	some name in row.events
	name in events
}

# Whether an outsider's pull request can start it.
is_started_by_pull_request(row) if is_started_by(row, {"pull_request", "pull_request_target", "pull_request_review", "pull_request_review_comment", "issue_comment", "workflow_run"})

# An input of the action, by its name in lower case.
setting(step, name) := value if {
	some key, value in step["with"]
	lower(key) == name
}

# Whether the input is set to anything.
is_set(step, name) if {
	some key, _ in step["with"]
	lower(key) == name
}

# Whether it never runs: the condition of the step or of its job is `false`, as in a list of actions that a bot keeps up to date.
is_off(step) if _is_false(step)

is_off(step) if {
	some job in input.index.jobs_by_at[step.job]
	_is_false(job)
}

_is_false(row) if lower(trim(row["if"], " ${}")) == "false"
