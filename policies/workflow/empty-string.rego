# METADATA
# title: Key with an empty text
# description: |
#   GitHub refuses the workflow: an empty text says nothing where one must stand.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Give the key a value, or remove it.
#   aliases:
#     - actionlint:syntax-check/empty-string
#     - actionlint-fork:syntax-check/empty-string
#     - github:languageservice/unexpected-value
#     - github:parser/unexpected-value
package rules.workflow["empty-string"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/empty-string"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"empty-string": ["actionlint:syntax-check/empty-string", "actionlint-fork:syntax-check/empty-string", "github:languageservice/unexpected-value"],
		"empty-key": ["github:parser/unexpected-value"],
	},
	kind,
	[],
)
