# METADATA
# title: Self-hosted runner
# description: |
#   A self-hosted runner keeps what a job leaves on it, unless it is ephemeral, and it is part of your network.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "job `{job}` runs on a self-hosted runner"
#   remediation: Use a GitHub-hosted or an ephemeral runner.
#   aliases: [zizmor:self-hosted-runner]
#   default: off
#   profiles: [pedantic]
package rules.workflow["self-hosted-runner"]

deny contains {"at": job.at, "field": "runs-on", "job": job.id} if {
	some job in input.jobs
	_is_own(job)
}

_is_own(job) if {
	some label in job.runs_on
	lower(label) == "self-hosted"
}
