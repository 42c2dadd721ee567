# METADATA
# title: Braces where GitHub takes none
# description: |
#   Some keys are read before there is anything to put in, or are expressions by themselves; GitHub
#   refuses `${{ }}` in them.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Remove the braces, or write the text out.
#   aliases:
#     - github:languageservice/explicit-expression-not-allowed
#     - github:parser/a-template-expression-is-not-allowed-in-this
package rules.workflow["misplaced-expression"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/misplaced-expression"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"explicit": ["github:languageservice/explicit-expression-not-allowed"],
		"not-allowed": ["github:parser/a-template-expression-is-not-allowed-in-this"],
	},
	kind,
	[],
)
