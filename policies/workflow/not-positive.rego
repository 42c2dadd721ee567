# METADATA
# title: Number that must be more than 0
# description: |
#   With 0 or less the job ends before it begins, or GitHub refuses the workflow.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write a number above 0, or remove the key.
#   aliases:
#     - actionlint:syntax-check/timeout-positive
#     - actionlint-fork:syntax-check/timeout-positive
#     - actionlint:syntax-check/max-parallel-positive
#     - actionlint-fork:syntax-check/max-parallel-positive
package rules.workflow["not-positive"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/not-positive"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"timeout-minutes": ["actionlint:syntax-check/timeout-positive", "actionlint-fork:syntax-check/timeout-positive"],
		"cancel-timeout-minutes": ["actionlint:syntax-check/timeout-positive", "actionlint-fork:syntax-check/timeout-positive"],
		"max-parallel": ["actionlint:syntax-check/max-parallel-positive", "actionlint-fork:syntax-check/max-parallel-positive"],
	},
	kind,
	[],
)
