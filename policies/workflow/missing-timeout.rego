# METADATA
# title: Missing job timeout
# description: |
#   A job that hangs runs for six hours before GitHub stops it, and those minutes are billed.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idtimeout-minutes
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "job `{job}` has no `timeout-minutes`"
#   remediation: Set `timeout-minutes` to a few times the usual duration.
#   aliases: [ghalint:job_timeout_minutes_is_required, actionlint-fork:require-job-timeout/missing]
#   default: off
#   profiles: [pedantic]
package rules.workflow["missing-timeout"]

deny contains {"at": job.at, "field": "timeout-minutes", "job": job.id} if {
	some job in input.jobs
	not job.has_timeout
	not job.is_reusable_call
	not _is_limited(job)
}

# Every step has a limit of its own.
_is_limited(job) if {
	unlimited := [step | some step in input.index.steps_by_job[job.at]; not step.has_timeout]
	count(unlimited) == 0
}
