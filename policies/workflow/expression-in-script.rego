# METADATA
# title: Variable value expanded into a script
# description: |
#   An input, a ref or another value that somebody chooses is expanded before the script runs, so it becomes part of the program. Those who can set it
#   have some permissions here already, but rarely that of running code with this token.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{context}` is expanded into the script"
#   remediation: "Pass it through an environment variable: set it in `env` of the step, and use the quoted variable in the script."
#   aliases: [zizmor:template-injection]
package rules.workflow["expression-in-script"]

deny contains {"at": expression.at, "context": context} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	count(expression.untrusted) == 0
	not _is_script(expression)
	some context in expression.open
	_is_chosen(context)
}

# The value is the whole script, which no variable can hold.
_is_script(expression) if {
	expression.place == "run"
	expression.is_whole
}

_is_chosen(context) if context in {"github.ref", "github.ref_name", "github.base_ref"}

_is_chosen(context) if startswith(context, "inputs.")

_is_chosen(context) if startswith(context, "github.event.")

_is_chosen(context) if startswith(context, "matrix.")
