# METADATA
# title: Value that stands twice in an axis
# description: |
#   The matrix runs the same job twice, and both are paid for.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Remove one of them.
#   aliases: [actionlint:matrix/duplicate-value, actionlint-fork:matrix/duplicate-value]
package rules.workflow["duplicate-matrix-value"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/duplicate-matrix-value"
}
