# METADATA
# title: Id that GitHub does not take
# description: |
#   An id is what expressions call the job or the step: it begins with a letter or one `_`, and has
#   letters, digits, `-` and `_`.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Choose an id of these letters; the text for people belongs into `name`."
#   aliases:
#     - actionlint:id/invalid-id
#     - actionlint-fork:id/invalid-id
#     - github:parser/the-identifier-is-invalid
package rules.workflow["invalid-id"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-id"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"invalid-id": ["actionlint:id/invalid-id", "actionlint-fork:id/invalid-id", "github:parser/the-identifier-is-invalid"],
		"reserved-id": ["github:parser/the-identifier-is-invalid"],
	},
	kind,
	[],
)
