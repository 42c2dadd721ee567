# METADATA
# title: Condition that never changes
# description: |
#   A condition that nothing of the run goes into is always met or never: the step could stand without
#   it, or be removed.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idif
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "{problem}"
#   remediation: Remove the condition, or the step.
#   aliases: [actionlint:if-cond/constant, actionlint-fork:if-cond/constant]
package rules.workflow["constant-if"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/constant-if"
}
