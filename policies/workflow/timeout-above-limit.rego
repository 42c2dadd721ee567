# METADATA
# title: Timeout above the limit of the runner
# description: |
#   A job on a runner of GitHub ends after 360 minutes whatever `timeout-minutes` says, so a higher value is never reached.
# related_resources:
#   - https://docs.github.com/en/actions/reference/limits
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`timeout-minutes: {minutes}` is never reached: GitHub ends the job after 360 minutes"
#   remediation: "Write 360 or less, or use a self-hosted runner."
#   aliases:
#     - actionlint-fork:require-job-timeout/too-long
package rules.workflow["timeout-above-limit"]

deny contains {"at": job.at, "field": "timeout-minutes", "minutes": job.timeout} if {
	some job in input.jobs
	job.timeout > 360
	job.runs_on_known
	not job.has_runner_group
	count(job.runs_on) > 0
	every label in job.runs_on {
		_is_standard(label)
	}
}

_is_standard(label) if label in {
	"ubuntu-latest", "ubuntu-24.04", "ubuntu-22.04", "ubuntu-24.04-arm", "ubuntu-22.04-arm", "ubuntu-slim",
	"windows-latest", "windows-2025", "windows-2022", "windows-11-arm",
	"macos-latest", "macos-15", "macos-14", "macos-26", "macos-15-intel",
}
