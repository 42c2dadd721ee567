# METADATA
# title: Merge key, which GitHub does not read
# description: |
#   GitHub reads anchors and aliases, but takes `<<` for a key like any other, which it does not know.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write the keys out, or alias the whole mapping.
#   aliases: [actionlint:syntax-check/merge-key, actionlint-fork:syntax-check/merge-key]
package rules.workflow["merge-key"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/merge-key"
}
