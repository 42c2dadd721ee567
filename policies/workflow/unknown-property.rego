# METADATA
# title: Name that nothing in the file declares
# description: |
#   A step, job, input, output or axis that does not exist gives an empty text, without a word: the
#   script runs with nothing where a value should be.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Correct the name, or declare it.
#   aliases:
#     - actionlint:expression/undefined-property
#     - actionlint-fork:expression/undefined-property
#     - github:languageservice/context-access-might-be-invalid
package rules.workflow["unknown-property"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-property"
}
