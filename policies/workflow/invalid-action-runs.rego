# METADATA
# title: Action whose `runs` cannot be
# description: |
#   An action runs with a version of Node.js that GitHub has, in a container or as a list of steps, and
#   takes the keys of that kind only.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Take the keys of the kind that `using` names."
#   aliases:
#     - actionlint:action/meta-using-invalid
#     - actionlint-fork:action/meta-using-invalid
#     - actionlint:action/meta-runs-not-allowed
#     - actionlint-fork:action/meta-runs-not-allowed
#     - github:languageservice/unexpected-value
#     - actionlint:action/meta-pre-post-missing
#     - actionlint-fork:action/meta-pre-post-missing
package rules.workflow["invalid-action-runs"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-action-runs"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"meta-using-invalid": ["actionlint:action/meta-using-invalid", "actionlint-fork:action/meta-using-invalid"],
		"meta-runs-not-allowed": ["actionlint:action/meta-runs-not-allowed", "actionlint-fork:action/meta-runs-not-allowed", "github:languageservice/unexpected-value"],
		"meta-pre-post-missing": ["actionlint:action/meta-pre-post-missing", "actionlint-fork:action/meta-pre-post-missing"],
	},
	kind,
	[],
)
