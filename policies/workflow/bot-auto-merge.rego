# METADATA
# title: Automatic merge on the word of a bot
# description: |
#   The condition asks who started the run, and the job merges or approves. Whoever makes a bot act on a pull request of their own gets it merged. Compare the
#   author of the pull request. Off by default; `workflow/bot-condition` reports the comparison.
# related_resources:
#   - https://labs.boostsecurity.io/articles/weaponizing-dependabot-pwn-request-at-its-finest/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "job `{job}` merges or approves a pull request because a bot started the run"
#   remediation: "Compare `github.event.pull_request.user.login` instead, and require the checks of the branch."
#   aliases:
#     - poutine:confused_deputy_auto_merge
#     - github-hardening:actions-approve-pull-requests
#   default: off
package rules.workflow["bot-auto-merge"]

deny contains {"at": command.at, "job": job.id} if {
	some command in input.commands
	command.source == "step"
	command.program == "gh"
	command.args[0] == "pr"
	command.args[1] in {"merge", "review"}
	some job in input.index.jobs_by_at[command.job]
	some event in job.events
	event in {"pull_request_target", "workflow_run", "issue_comment", "pull_request"}
	_asks_actor(job, command)
}

_asks_actor(job, _) if {
	contains(job["if"], "github.actor")
	contains(job["if"], "[bot]")
}

_asks_actor(_, command) if {
	some step in input.index.steps_by_at[command.step]
	contains(step["if"], "github.actor")
	contains(step["if"], "[bot]")
}
