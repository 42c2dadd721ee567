# METADATA
# title: Untrusted code checked out
# description: |
#   Such a workflow runs for everybody's pull request with the secrets and the token of this repository.
#   Once it has checked out the code of that pull request, any build, test or install step runs what a
#   stranger wrote, with all of it.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-preventing-pwn-requests/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{ref}` checks out attacker-controlled code in a workflow that has secrets"
#   remediation: Use `pull_request` to build or test the code; keep this workflow for what does not need it.
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

import data.lib.steps

deny contains {"at": step.at, "field": _field(step), "ref": found[0]} if {
	some step in input.steps
	step.action.slug in {"actions/checkout"}
	steps.is_started_by(step, {"pull_request_target", "workflow_run", "issue_comment"})
	found := [expression.text |
		some expression in input.index.expressions_by_step[step.at]
		expression.key in {"with.ref", "with.repository"}
		_is_of_stranger(expression)
	]
	count(found) > 0
}

_field(step) := "with.ref" if steps.is_set(step, "ref")

_field(step) := "with.repository" if not steps.is_set(step, "ref")

_is_of_stranger(expression) if {
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
