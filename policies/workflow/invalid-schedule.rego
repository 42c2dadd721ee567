# METADATA
# title: Schedule that is none
# description: |
#   GitHub takes five fields, without `@daily` and its like, and the name of a time zone.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write minute, hour, day, month and weekday.
#   aliases:
#     - actionlint:events/cron-format
#     - actionlint-fork:events/cron-format
#     - github:languageservice/invalid-cron-expression
#     - actionlint:events/timezone
#     - actionlint-fork:events/timezone
package rules.workflow["invalid-schedule"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-schedule"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"cron-format": ["actionlint:events/cron-format", "actionlint-fork:events/cron-format", "github:languageservice/invalid-cron-expression"],
		"timezone": ["actionlint:events/timezone", "actionlint-fork:events/timezone"],
	},
	kind,
	[],
)
