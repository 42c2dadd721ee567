# METADATA
# title: Computed value expanded into a script
# description: |
#   An output of a step or another job, a variable, or what depends on a secret is expanded before the script runs. Nothing in this file says that its value is harmless.
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{context}` {does} into the script"
#   remediation: "Pass it through an environment variable: set it in `env` of the step, and use the quoted variable in the script."
#   aliases: [zizmor:template-injection]
#   default: off
#   profiles: [pedantic]
package rules.workflow["computed-value-in-script"]

deny contains {"at": expression.at, "context": context, "does": "is expanded"} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	count(expression.untrusted) == 0
	some context in expression.open
	_is_computed(expression, context)
}

_is_computed(_, context) if split(context, ".")[0] in {"steps", "needs", "env", "vars", "jobs"}

# The base of a pull request is a branch that people with rights have made.
_is_computed(_, context) if context == "github.base_ref"

_is_computed(expression, context) if context in expression.computed

# A secret that is compared or asked for, or that need not be kept secret.
deny contains {"at": expression.at, "context": sprintf("secrets.%s", [secret]), "does": "decides what is expanded"} if {
	some expression in input.expressions
	expression.place == "run"
	some secret in expression.secrets
	not secret in expression.sensitive
	not _is_public(expression)
}

deny contains {"at": expression.at, "context": sprintf("secrets.%s", [secret]), "does": "is expanded"} if {
	some expression in input.expressions
	expression.place == "run"
	some secret in expression.secrets
	not secret in expression.sensitive
	_is_public(expression)
}

# Whether it gives the secret itself.
_is_public(expression) if expression.shape == "context"
