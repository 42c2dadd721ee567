# METADATA
# title: Missing time to live of a Job
# description: |
#   A Job that nobody deletes stays with its pods and their logs. `ttlSecondsAfterFinished` deletes it. A CronJob deletes its old Jobs itself, by
#   `successfulJobsHistoryLimit` and `failedJobsHistoryLimit`; a time to live in its template works against them.
#
#   Off by default: Helm, Argo CD and pipelines delete their Jobs themselves.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/ttlafterfinished/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "{problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     In a Job, set `ttlSecondsAfterFinished`. In a CronJob, remove it from `jobTemplate`, and set `successfulJobsHistoryLimit` and
#     `failedJobsHistoryLimit`.
#   default: off
#   aliases:
#     - kube-linter:job-ttl-seconds-after-finished
#     - kube-linter:template/job-ttl-seconds-after-finished
package rules.kubernetes["kept-finished-job"]

import data.lib.workloads

deny contains {"at": job.at, "field": "spec.ttlSecondsAfterFinished", "problem": sprintf("Job `%s` stays when it is finished", [workloads.name(job)]), "advice": "Set `ttlSecondsAfterFinished`"} if {
	some job in input.specifications
	job.kind == "Job"
	job.body.spec.template
	not object.get(job.body.spec, "ttlSecondsAfterFinished", -1) >= 0
}

deny contains {
	"at": job.at, "field": "spec.jobTemplate.spec.ttlSecondsAfterFinished", "problem": sprintf("the Jobs of CronJob `%s` are deleted by two rules: a time to live and the limits of the history", [workloads.name(job)]),
	"advice": "Remove `ttlSecondsAfterFinished`, and set `successfulJobsHistoryLimit` and `failedJobsHistoryLimit`",
} if {
	some job in input.specifications
	job.kind == "CronJob"
	job.body.spec.jobTemplate.spec.ttlSecondsAfterFinished >= 0
}
