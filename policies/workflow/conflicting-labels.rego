# METADATA
# title: Labels that no runner has together
# description: |
#   A runner must have all labels of the list, and no runner has two systems.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Leave one, or make a matrix of them.
#   aliases: [actionlint:runner-label/conflict, actionlint-fork:runner-label/conflict]
package rules.workflow["conflicting-labels"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/conflicting-labels"
}
