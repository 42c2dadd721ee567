# METADATA
# title: Key that does not go with this kind of job
# description: |
#   A job that calls a workflow takes other keys than one with steps: the called workflow says where it
#   runs, and only a call takes inputs and secrets.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Move the key into the called workflow, or into a step.
#   aliases:
#     - actionlint:syntax-check/reusable-call-key
#     - actionlint-fork:syntax-check/reusable-call-key
#     - github:parser/unexpected-value
#     - actionlint:syntax-check/only-for-reusable-call
#     - actionlint-fork:syntax-check/only-for-reusable-call
package rules.workflow["misplaced-job-key"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/misplaced-job-key"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"reusable-call-key": ["actionlint:syntax-check/reusable-call-key", "actionlint-fork:syntax-check/reusable-call-key", "github:parser/unexpected-value"],
		"only-for-reusable-call": ["actionlint:syntax-check/only-for-reusable-call", "actionlint-fork:syntax-check/only-for-reusable-call", "github:parser/unexpected-value"],
	},
	kind,
	[],
)
