# METADATA
# title: Pull requests on a self-hosted runner
# description: |
#   A pull request from a fork may change what the job runs. On a self-hosted runner that code can reach your network and what earlier jobs left behind,
#   and it may persist.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "job `{job}` runs pull requests on a self-hosted runner{despite}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Use a GitHub-hosted runner, or an ephemeral one without access to anything else. A condition in the workflow keeps no fork out of a run of
#     `pull_request`, since the fork may change it; that every run of an outside contributor waits for approval is a setting of the repository.
#   aliases:
#     - poutine:pr_runs_on_self_hosted
#     - kics:f1a2b3c4-d5e6-4f7a-8b9c-0d1e2f3a4b5c
#     - kics:self_hosted_runner_in_pull_request_workflow
#     - codeql:CodeExecutionOnSelfHostedRunner
#     - github-hardening:self-hosted-runners
package rules.workflow["self-hosted-runner-pr"]

import data.lib.steps

deny contains {"at": job.at, "field": "runs-on", "job": job.id, "despite": _despite(job), "advice": _advice(job)} if {
	some job in input.jobs
	some label in job.runs_on

	# A runner of one's own has these labels by itself, and no hosted one has them alone.
	lower(label) in {"self-hosted", "linux", "windows", "macos", "x64", "arm", "arm64"}
	steps.is_started_by_pull_request(job)
}

# In a run of `pull_request` the workflow is that of the pull request.
_despite(job) := "; a fork can remove the condition that leaves forks out" if {
	_leaves_forks_out(job)
} else := ""

_advice(job) := "Let all runs of outside contributors wait for approval (Settings, Actions, General), or use a GitHub-hosted runner." if {
	_leaves_forks_out(job)
} else := "Use a GitHub-hosted runner, or an ephemeral one without access to anything else."

_leaves_forks_out(job) if {
	some part in ["head.repo.full_name", "head.repo.fork", "head.repo.owner.login"]
	contains(job["if"], part)
	"pull_request" in job.events
}
