# METADATA
# title: Exclusion that excludes nothing
# description: |
#   The combination does not exist, so the matrix runs what somebody wanted to leave out.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write axes and values as they stand in the matrix.
#   aliases:
#     - actionlint:matrix/exclude-without-matrix
#     - actionlint-fork:matrix/exclude-without-matrix
#     - actionlint:matrix/exclude-unknown-key
#     - actionlint-fork:matrix/exclude-unknown-key
#     - actionlint:matrix/exclude-no-match
#     - actionlint-fork:matrix/exclude-no-match
package rules.workflow["useless-exclude"]

deny contains {"at": problem.at, "problem": problem.problem, "aliases": _aliases(problem.kind)} if {
	some problem in input.problems
	problem.rule == "workflow/useless-exclude"
}

# The peers' ids, by which of the rule's faults it is.
_aliases(kind) := object.get(
	{
		"exclude-without-matrix": ["actionlint:matrix/exclude-without-matrix", "actionlint-fork:matrix/exclude-without-matrix"],
		"exclude-unknown-key": ["actionlint:matrix/exclude-unknown-key", "actionlint-fork:matrix/exclude-unknown-key"],
		"exclude-no-match": ["actionlint:matrix/exclude-no-match", "actionlint-fork:matrix/exclude-no-match"],
	},
	kind,
	[],
)
