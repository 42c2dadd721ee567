# METADATA
# title: Value masked after it was logged
# description: |
#   The runner prints a script before it runs it, with the values of its expressions filled in. `::add-mask::` hides the value only from then on, so it
#   stands in the log above.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands#masking-a-value-in-a-log
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{context}` is printed with the script before `::add-mask::` hides it"
#   remediation: "Pass it through `env` of the step, and write `echo \"::add-mask::$NAME\"` with that variable."
#   aliases:
#     - semgrep:unsafe-add-mask-workflow-command
package rules.workflow["late-mask"]

deny contains {"at": expression.at, "context": context} if {
	some expression in input.expressions
	expression.place == "run"
	contains(expression.line, "::add-mask::")
	some context in expression.open
	not startswith(context, "secrets.")
	not startswith(context, "env.")
}
