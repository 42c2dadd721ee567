# METADATA
# title: Group that the workflow and its job share
# description: |
#   The workflow holds the group while it runs, so a job of it that asks for the same group waits until
#   it is cancelled.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Give the job a group of its own, or remove one of the two.
#   aliases:
#     - github:languageservice/concurrency-group-is-also-defined
#     - github:languageservice/concurrency-group-is-also-used
package rules.workflow["concurrency-deadlock"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/concurrency-deadlock"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"concurrency-group-is-also-defined": ["github:languageservice/concurrency-group-is-also-defined"],
		"concurrency-group-is-also-used": ["github:languageservice/concurrency-group-is-also-used"],
	},
	kind,
	[],
)
