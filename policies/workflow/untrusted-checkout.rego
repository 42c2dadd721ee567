# METADATA
# title: Untrusted code checked out
# description: |
#   The workflow runs for pull requests from forks, with the secrets and the token of this repository. Once it has checked out the code of the pull
#   request, any build, test or install step runs attacker-controlled code with all of that. It is a warning where no such step follows, and where a
#   condition uses an output of a step or a job, which may be a check of who started the run: the code can still change between check and checkout.
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
#     - semgrep:workflow-run-target-code-checkout
#     - github-hardening:untrusted-checkout
#     - codeql:UntrustedCheckoutIssueCommentCritical
#     - codeql:UntrustedCheckoutIssueCommentHigh
#     - when: is_built
#       ids: [poutine:untrusted_checkout_exec, codeql:CachePoisoningViaPoisonableStep]
#     - when: is_gated
#       ids: [codeql:UntrustedCheckoutTOCTOUCritical, codeql:UntrustedCheckoutTOCTOUHigh]
package rules.workflow["untrusted-checkout"]

import data.lib.builders
import data.lib.checkouts
import data.lib.steps

deny contains {"at": step.at, "field": _field(step), "ref": found[0], "severity": _severity(step, _is_built(step)), "is_built": _is_built(step), "is_gated": _is_gated(step)} if {
	some step in input.steps
	step.action.slug in {"actions/checkout"}
	some event in step.events
	event in checkouts.privileged
	not step.is_guarded
	found := checkouts.untrusted(step)
	count(found) > 0
	not checkouts.is_refused(step)
}

# `gh pr checkout`, and what git fetches by the reference of a pull request.
deny contains {"at": command.at, "ref": _checked_out(command), "severity": _severity(step, _is_built_behind(step, command)), "is_built": _is_built_behind(step, command), "is_gated": _is_gated(step)} if {
	some command in input.commands
	command.source == "step"
	command.program in {"git", "gh"}
	some step in input.index.steps_by_at[command.step]
	some event in step.events
	event in checkouts.privileged
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

# What an output says may be that the author is trusted; a label or an approval comes from somebody who may look first; and code that nothing runs does no harm.
_severity(step, is_run) := "error" if {
	is_run
	not step.may_be_guarded
	not _is_labelled(step)
	not _waits_for_approval(step)
} else := "warning"

# What was checked can still change before it is checked out.
_is_gated(step) if {
	_has_gate(step)
} else := false

_has_gate(step) if step.may_be_guarded

_has_gate(step) if _is_labelled(step)

_has_gate(step) if _waits_for_approval(step)

# An environment may ask for a reviewer first.
_waits_for_approval(step) if {
	some job in input.index.jobs_by_at[step.job]
	job.has_environment
}

# A label, which people with rights set, is asked for.
_is_labelled(step) if _asks_for_label(step)

_is_labelled(step) if {
	some job in input.index.jobs_by_at[step.job]
	_asks_for_label(job)
}

_is_labelled(step) if {
	some workflow in input.index.workflows_by_at[step.workflow]
	some trigger in workflow.triggers
	trigger.name == "pull_request_target"
	trigger.types == ["labeled"]
}

_asks_for_label(row) if {
	some part in ["contains(github.event.pull_request.labels", "contains(toJSON(github.event.pull_request.labels", "github.event.label.name == "]
	contains(row["if"], part)
	not contains(row["if"], concat("", ["!", part]))
}

# Whether something of the folder runs after the checkout.
_is_built(step) if {
	_has_builder(step)
} else := false

_has_builder(step) if {
	some other in input.index.steps_by_job[step.job]
	other.number > step.number
	_is_in_folder(step, other)
	_runs_folder(other)
}

_is_built_behind(step, command) if {
	_has_builder_behind(step, command)
} else := false

_has_builder_behind(_, command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline > command.pipeline
	builders.runs_folder(other)
}

_has_builder_behind(step, _) if {
	some other in input.index.steps_by_job[step.job]
	other.number > step.number
	_runs_folder(other)
}

# With `path`, what runs is in that folder.
_is_in_folder(step, other) if _path(step) == ""

_is_in_folder(step, other) if contains(object.get(other, "uses", ""), _path(step))

_is_in_folder(step, other) if contains(object.get(other, "working_directory", ""), _path(step))

_is_in_folder(step, other) if contains(object.get(other, "run_text", ""), _path(step))

_is_in_folder(step, other) if {
	some _, value in other["with"]
	contains(value, _path(step))
}

_path(step) := trim_prefix(trim_right(steps.setting(step, "path"), "/"), "./") if {
	steps.is_set(step, "path")
	steps.setting(step, "path") != "."
} else := ""

_runs_folder(other) if startswith(other.uses, "./")

_runs_folder(other) if builders.is_builder(other)

_runs_folder(other) if {
	some command in input.index.commands_by_step[other.at]
	builders.runs_folder(command)
}

_field(step) := "with.ref" if steps.is_set(step, "ref")

_field(step) := "with.repository" if not steps.is_set(step, "ref")
