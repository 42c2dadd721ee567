# METADATA
# title: Steps that do not go together in parallel
# description: |
#   `wait` and `cancel` name a step that was started in the background before them, and `parallel` holds
#   only steps that run or use something.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Name a step with `background: true` that stands before."
#   aliases:
#     - actionlint-fork:parallel-steps/unknown-background-step
#     - actionlint-fork:parallel-steps/nested-or-not-allowed
#     - actionlint-fork:syntax-check/wait-and-wait-all
#     - actionlint-fork:syntax-check/wait-all-value
#     - github:languageservice/unexpected-value
package rules.workflow["invalid-parallel-step"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-parallel-step"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"unknown-background-step": ["actionlint-fork:parallel-steps/unknown-background-step"],
		"nested-or-not-allowed": ["actionlint-fork:parallel-steps/nested-or-not-allowed"],
		"wait-and-wait-all": ["actionlint-fork:syntax-check/wait-and-wait-all"],
		"wait-all-value": ["actionlint-fork:syntax-check/wait-all-value", "github:languageservice/unexpected-value"],
	},
	kind,
	[],
)
