# METADATA
# title: Context that is not there
# description: |
#   Not every context is there wherever an expression stands: a job's `if` is read before there is an
#   environment, for instance. GitHub refuses the workflow.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Use a context that the place has, or move the expression into a step.
#   aliases:
#     - actionlint:expression/undefined-variable
#     - actionlint-fork:expression/undefined-variable
#     - github:parser/unrecognized-named-value
#     - github:languageservice/unrecognized-named-value
#     - actionlint:expression/context-not-available
#     - actionlint-fork:expression/context-not-available
package rules.workflow["unavailable-context"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/unavailable-context"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"undefined-variable": ["actionlint:expression/undefined-variable", "actionlint-fork:expression/undefined-variable", "github:parser/unrecognized-named-value", "github:languageservice/unrecognized-named-value"],
		"context-not-available": ["actionlint:expression/context-not-available", "actionlint-fork:expression/context-not-available", "github:parser/unrecognized-named-value", "github:languageservice/unrecognized-named-value"],
	},
	kind,
	[],
)
