# METADATA
# title: CronJob without a starting deadline
# description: |
#   A run that could not start in time starts late, however late that is, and after 100 missed runs the CronJob starts none at all. With
#   `startingDeadlineSeconds` a run that is too late is left out, and only those within the deadline are counted.
#
#   Off by default: for most jobs late is better than never.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#starting-deadline
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "CronJob `{name}` sets no `startingDeadlineSeconds`"
#   remediation: "Set `startingDeadlineSeconds` to the delay with which a run is still of use; 60 or more."
#   default: off
#   aliases:
#     - kube-score:cronjob-has-deadline
#     - kics:cronjob-deadline-not-configured
package rules.kubernetes["missing-starting-deadline"]

import data.lib.workloads

deny contains {"at": job.at, "field": "spec.startingDeadlineSeconds", "name": workloads.name(job)} if {
	some job in input.specifications
	job.kind == "CronJob"
	job.body.spec.jobTemplate
	not object.get(job.body.spec, "startingDeadlineSeconds", false)
}
