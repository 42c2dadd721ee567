# METADATA
# title: Untrusted code checked out
# description: |
#   The workflow runs for pull requests from forks, with the secrets and the token of this repository. Once it has checked out the code of the pull
#   request, any build, test or install step runs attacker-controlled code with all of that. Where a condition uses an output of a step or a job, which
#   may be a check of who started the run, this is a warning: the code can still change between the check and the checkout.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{ref}` checks out attacker-controlled code in a workflow that has secrets"
#   remediation: Build and test the code in a workflow of `pull_request`, which has no secrets; keep this one for what does not need the code.
#   aliases:
#     - scorecard:Dangerous-Workflow
#     - scorecard:hasDangerousWorkflowUntrustedCheckout
#     - codeql:UntrustedCheckoutCritical
#     - codeql:UntrustedCheckoutHigh
#     - codeql:UntrustedCheckoutMedium
#     - kics:d3a8b4c1-f2e7-4a9b-8c5d-1e6f0a2b3c4d
#     - kics:checkout_of_untrusted_code_in_privileged_context
#     - semgrep:pull-request-target-code-checkout
package rules.workflow["untrusted-checkout"]

import data.lib.checkouts
import data.lib.steps

deny contains {"at": step.at, "field": _field(step), "ref": found[0], "severity": _severity(step)} if {
	some step in input.steps
	step.action.slug in {"actions/checkout"}
	some event in step.events
	event in {"pull_request_target", "workflow_run", "issue_comment"}
	not step.is_guarded
	not _is_refused(step)
	found := checkouts.untrusted(step)
	count(found) > 0
}

# `gh pr checkout`, and what git fetches by the reference of a pull request.
deny contains {"at": command.at, "ref": _checked_out(command), "severity": _severity(step)} if {
	some command in input.commands
	command.source == "step"
	command.program in {"git", "gh"}
	some step in input.index.steps_by_at[command.step]
	some event in step.events
	event in {"pull_request_target", "workflow_run", "issue_comment"}
	not step.is_guarded
	_checked_out(command) != ""
}

_checked_out(command) := "gh pr checkout" if {
	command.program == "gh"
	command.args[0] in {"pr", "co"}
	_is_checkout(command.args)
} else := found[0] if {
	command.program == "git"
	_puts_into_folder(command)
	found := [word.text | some word in command.words; _is_of_pull_request(word.text)]
	count(found) > 0
} else := ""

_puts_into_folder(command) if command.args[0] in {"pull", "checkout", "switch", "merge", "clone", "reset"}

# What is fetched is only looked at, unless a later command puts it into the folder.
_puts_into_folder(command) if {
	command.args[0] == "fetch"
	some other in input.index.commands_by_script[command.script]
	other.program == "git"
	other.pipeline > command.pipeline
	other.args[0] in {"checkout", "switch", "merge", "reset", "worktree", "rebase", "cherry-pick"}
}

_is_checkout(args) if args[0] == "co"

_is_checkout(args) if args[1] == "checkout"

_is_of_pull_request(text) if {
	contains(text, "pull/")
	some end in ["/head", "/merge"]
	contains(text, end)
}

_is_of_pull_request(text) if {
	some part in ["github.event.pull_request.head.", "github.head_ref", "github.event.workflow_run.head_"]
	contains(text, part)
}

# Its own check, which `allow-unsafe-pr-checkout` turns off; it makes none for comments.
_is_refused(step) if {
	step.action.refuses_forks
	not steps.is_started_by(step, {"issue_comment"})
	not _is_allowed(step)
}

_is_allowed(step) if {
	steps.is_set(step, "allow-unsafe-pr-checkout")
	lower(steps.setting(step, "allow-unsafe-pr-checkout")) != "false"
}

# What an output says may be that the author is trusted.
_severity(step) := "warning" if {
	step.may_be_guarded
} else := "error"

_field(step) := "with.ref" if steps.is_set(step, "ref")

_field(step) := "with.repository" if not steps.is_set(step, "ref")
