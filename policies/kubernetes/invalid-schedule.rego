# METADATA
# title: Invalid CronJob schedule
# description: |
#   A schedule has five fields, minute, hour, day of the month, month and day of the week, or is a word such as `@daily`. The API server refuses any other,
#   and a time zone within it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/cron-jobs/#writing-a-cronjob-spec
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}: {value}` {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write five fields within their ranges, as `30 4 * * 1-5`, or a word such as `@daily`. Write a time zone in `spec.timeZone`, by its name, such as
#     `Europe/Berlin`, and not in the schedule or as an offset.
package rules.kubernetes["invalid-schedule"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "cron"
}
