# METADATA
# title: Name that no shell can read
# description: |
#   A variable whose name has a blank, a `&` or a `=` in it is set, but no script can read it by its
#   name.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Use letters, digits and `_`."
#   aliases: [actionlint:env-var/invalid-name, actionlint-fork:env-var/invalid-name]
package rules.workflow["invalid-variable-name"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-variable-name"
}
