# METADATA
# title: Name that differs from another only in case
# description: |
#   GitHub compares the names of jobs, variables, inputs and outputs without regard to case, and refuses
#   the second.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Give it another name, or remove it.
#   aliases:
#     - actionlint:syntax-check/duplicate-key
#     - actionlint-fork:syntax-check/duplicate-key
#     - github:parser/is-already-defined
package rules.workflow["duplicate-name"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/duplicate-name"
}
