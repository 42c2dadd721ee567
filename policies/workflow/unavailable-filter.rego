# METADATA
# title: Filter that the event does not take
# description: |
#   GitHub refuses the workflow: each event takes the filters of its own kind only.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Remove the filter, or filter with `if` on the job."
#   aliases:
#     - actionlint:events/types-not-allowed
#     - actionlint-fork:events/types-not-allowed
#     - actionlint:events/workflows-not-allowed
#     - actionlint-fork:events/workflows-not-allowed
#     - actionlint:events/filter-not-available
#     - actionlint-fork:events/filter-not-available
#     - github:languageservice/unexpected-value
#     - github:parser/unexpected-value
package rules.workflow["unavailable-filter"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/unavailable-filter"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"types-not-allowed": ["actionlint:events/types-not-allowed", "actionlint-fork:events/types-not-allowed"],
		"workflows-not-allowed": ["actionlint:events/workflows-not-allowed", "actionlint-fork:events/workflows-not-allowed"],
		"filter-not-available": ["actionlint:events/filter-not-available", "actionlint-fork:events/filter-not-available", "github:languageservice/unexpected-value", "github:parser/unexpected-value"],
	},
	kind,
	[],
)
