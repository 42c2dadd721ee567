# METADATA
# title: Timeout above the limit
# description: |
#   GitHub stops a job on its own runners after 360 minutes, whatever `timeout-minutes` says. A longer limit has an effect on self-hosted runners alone.
# related_resources:
#   - https://docs.github.com/en/actions/reference/limits
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`timeout-minutes: {minutes}` has no effect: GitHub stops a job on `{runner}` after 360 minutes"
#   remediation: Write at most 360.
#   aliases: [actionlint-fork:require-job-timeout/too-long]
package rules.workflow["ineffective-timeout"]

deny contains {"at": job.at, "field": "timeout-minutes", "minutes": job.timeout, "runner": job.runs_on[0]} if {
	some job in input.jobs
	job.timeout > 360
	job.runs_on_known
	not job.has_runner_group
	count(job.runs_on) > 0
	count([label | some label in job.runs_on; not _is_hosted(lower(label))]) == 0
	some workflow in input.index.workflows_by_at[job.workflow]
	not workflow.is_dialect
}

_is_hosted(label) if {
	some start in ["ubuntu-", "windows-", "macos-"]
	startswith(label, start)
	_is_release(substring(label, count(start), -1))
}

# Larger runners have names that somebody chose.
_is_release(rest) if rest in {"latest", "slim", "22.04", "24.04", "26.04", "22.04-arm", "24.04-arm", "26.04-arm", "2022", "2025", "11-arm", "15", "15-intel", "26"}
