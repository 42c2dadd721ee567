# METADATA
# title: Section with nothing in it
# description: |
#   GitHub refuses most sections that are empty, and those it takes say nothing.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Fill the section, or remove its key.
#   aliases:
#     - actionlint:syntax-check/empty-section
#     - actionlint-fork:syntax-check/empty-section
#     - github:parser/the-workflow-must-contain-at-least-one-job
package rules.workflow["empty-section"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/empty-section"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"empty-section": ["actionlint:syntax-check/empty-section", "actionlint-fork:syntax-check/empty-section"],
		"no-jobs": ["actionlint:syntax-check/empty-section", "actionlint-fork:syntax-check/empty-section", "github:parser/the-workflow-must-contain-at-least-one-job"],
	},
	kind,
	[],
)
