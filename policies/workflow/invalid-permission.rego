# METADATA
# title: Permission that does not exist
# description: |
#   GitHub refuses a scope it does not know, and a level that the scope does not take.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Take scopes and levels from the list that the reference has.
#   aliases:
#     - actionlint:permissions/invalid-all
#     - actionlint-fork:permissions/invalid-all
#     - actionlint:permissions/unknown-scope
#     - actionlint-fork:permissions/unknown-scope
#     - github:languageservice/unexpected-value
#     - github:parser/unexpected-value
#     - actionlint:permissions/invalid-value
#     - actionlint-fork:permissions/invalid-value
package rules.workflow["invalid-permission"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-permission"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"invalid-all": ["actionlint:permissions/invalid-all", "actionlint-fork:permissions/invalid-all"],
		"unknown-scope": ["actionlint:permissions/unknown-scope", "actionlint-fork:permissions/unknown-scope", "github:languageservice/unexpected-value", "github:parser/unexpected-value"],
		"invalid-value": ["actionlint:permissions/invalid-value", "actionlint-fork:permissions/invalid-value", "github:languageservice/unexpected-value", "github:parser/unexpected-value"],
	},
	kind,
	[],
)
