# METADATA
# title: Queue that cannot be as it says
# description: |
#   `queue: max` keeps every waiting run and `cancel-in-progress` ends them: GitHub refuses both
#   together, and any other word than single or max.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Remove one of the two.
#   aliases:
#     - actionlint-fork:syntax-check/concurrency-queue-cancel
#     - github:languageservice/cannot-be-combined-with
#     - actionlint-fork:syntax-check/concurrency-queue-value
package rules.workflow["concurrency-queue"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/concurrency-queue"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"concurrency-queue-cancel": ["actionlint-fork:syntax-check/concurrency-queue-cancel", "github:languageservice/cannot-be-combined-with"],
		"concurrency-queue-value": ["actionlint-fork:syntax-check/concurrency-queue-value"],
	},
	kind,
	[],
)
