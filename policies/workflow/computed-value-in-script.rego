# METADATA
# title: Computed value expanded into a script
# description: |
#   An output of a step or another job, or a variable, is expanded before the script runs. Nothing in this file says that its value is harmless.
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{context}` is expanded into the script"
#   remediation: "Pass it through an environment variable: set it in `env` of the step, and use the quoted variable in the script."
#   aliases: [zizmor:template-injection]
#   default: off
#   profiles: [pedantic]
package rules.workflow["computed-value-in-script"]

deny contains {"at": expression.at, "context": context} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	count(expression.untrusted) == 0
	some context in expression.open
	split(context, ".")[0] in {"steps", "needs", "env", "vars", "jobs"}
}
