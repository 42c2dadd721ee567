# METADATA
# title: Runner group that cannot be
# description: |
#   The name of a group stands alone, or behind `org/` or `ent/`.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write the name of the group, or `org/` or `ent/` and the name."
#   aliases: [github:parser/invalid-runs-on-group-name]
package rules.workflow["invalid-runner-group"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-runner-group"
}
