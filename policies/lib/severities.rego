# How grave it is that a script runs what outsiders wrote.
package lib.severities

import data.lib.steps

# A pull request of a fork has no secrets and a token that only reads, who calls an action is not known, and a condition may let in people with
# rights alone.
of_script(command, name) := "error" if {
	_is_exploitable(command, name)
} else := "warning"

_is_exploitable(command, name) if {
	some step in input.index.steps_by_at[command.step]
	steps.is_started_by(step, _privileged(name))
	not step.is_guarded
}

# The runner sets this one for pull requests alone.
_privileged("GITHUB_HEAD_REF") := {"pull_request_target"}

_privileged(name) := {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment", "gollum"} if name != "GITHUB_HEAD_REF"
