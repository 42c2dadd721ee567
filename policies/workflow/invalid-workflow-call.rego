# METADATA
# title: Called workflow that is not named as it must be
# description: |
#   A job calls `./.github/workflows/file.yml` of this repository, or
#   `owner/repository/.github/workflows/file.yml@ref`.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write the path of the file, and behind `@` the commit if it is in another repository."
#   aliases:
#     - actionlint:workflow-call/invalid-format
#     - actionlint-fork:workflow-call/invalid-format
#     - github:languageservice/invalid-workflow-uses-format
package rules.workflow["invalid-workflow-call"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-workflow-call"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"invalid-format": ["actionlint:workflow-call/invalid-format", "actionlint-fork:workflow-call/invalid-format", "github:languageservice/invalid-workflow-uses-format"],
		"outside": ["github:languageservice/invalid-workflow-uses-format"],
	},
	kind,
	[],
)
