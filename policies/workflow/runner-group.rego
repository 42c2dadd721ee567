# METADATA
# title: Runner group
# description: |
#   A group contains self-hosted runners, GitHub's larger runners, or both; the file does not say which. Self-hosted runners keep what a job leaves on
#   them, unless they are ephemeral.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/runners/runner-groups
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "job `{job}` runs in a runner group, which may hold self-hosted runners"
#   remediation: Keep self-hosted runners and larger runners in groups of their own.
#   aliases: [zizmor:self-hosted-runner]
#   default: off
#   profiles: [pedantic]
package rules.workflow["runner-group"]

deny contains {"at": job.at, "field": "runs-on.group", "job": job.id} if {
	some job in input.jobs
	job.has_runner_group
	count([label | some label in job.runs_on; lower(label) == "self-hosted"]) == 0
}
