# METADATA
# title: Schedule that asks for more than GitHub gives
# description: |
#   GitHub starts a schedule every 5 minutes at most.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Ask for a run every 5 minutes or less often.
#   aliases:
#     - actionlint:events/cron-too-frequent
#     - actionlint-fork:events/cron-too-frequent
#     - github:languageservice/on-schedule
package rules.workflow["too-frequent-schedule"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/too-frequent-schedule"
}
