# Questions about steps and the workflows they belong to.
package lib.steps

# Whether the workflow of a row is started by one of these events.
is_started_by(row, events) if {
	some workflow in input.index.workflows_by_at[row.workflow]
	some name in workflow.trigger_names
	name in events
}

# Whether an attacker can start the workflow while it holds this repository's rights and secrets.
is_privileged(row) if is_started_by(row, {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment", "fork", "watch"})

# Whether an attacker's pull request can start the workflow.
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
