# METADATA
# title: Secret expanded into a script
# description: |
#   The secret is expanded before the script runs, so it is in the script on disk and in the arguments of the process, which every program on the runner
#   can list; a quote or a dollar sign in it breaks the script or is interpreted. Secrets whose names say that they are a user name, an id or a switch are
#   not reported.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "secret `{secret}` is expanded into the script{risk}"
#   remediation: "{set}{place}{read}."
#   how_to_fix: >-
#     Set a variable in `env` of the step to the secret, and read that: `$NAME` in double quotes in bash, `$env:NAME` in PowerShell; remove an
#     assignment in the script that only sets the same name. Pipe a password into `docker login --password-stdin`.
#   once: true
#   aliases: [github-hardening:secrets-in-command-line, zizmor:template-injection]
package rules.workflow["secret-in-run"]

import data.lib.injections

# Once for each secret in a file, at the first place, and one finding a step.
deny contains {"at": expression.at, "about": expression.step, "secret": secret, "risk": _risk(expression), "set": _set(expression, secret), "place": _place(expression, secret), "read": _read(expression, secret)} if {
	some expression in input.expressions
	expression.place == "run"
	some secret in expression.new_secrets

	# The token has letters, digits and `_` alone; no other secret can have such a name.
	not startswith(upper(secret), "GITHUB_")
	context := concat("", ["secrets.", lower(secret)])
}

# What of its value is code where it is.
_risk(expression) := ", which is written to disk before it runs" if {
	injections.risk(expression) == ""
} else := concat("", ["; ", replace(injections.risk(expression), " in it ", " in its value ")])

_set(expression, secret) := "Remove the assignment from the script" if {
	_is_assigned(expression, secret)
	expression.is_in_env
} else := injections.setting(expression, concat("", ["secrets.", lower(secret)]))

_place(expression, secret) := ": `env` sets the variable already" if {
	_is_assigned(expression, secret)
	expression.is_in_env
} else := " in `env` of the step, and remove the assignment from the script" if {
	_is_assigned(expression, secret)
} else := " in `env` of the step, replace the option by `--password-stdin`, " if {
	_is_password_of_docker(expression, secret)
	not expression.is_in_env
} else := injections.place(expression, concat("", ["secrets.", lower(secret)]))

_read(expression, secret) := "" if {
	_is_assigned(expression, secret)
} else := sprintf("and put `printf %%s \"$%s\" |` before the command", [upper(secret)]) if {
	_is_password_of_docker(expression, secret)
	not expression.is_in_env
} else := injections.reading(expression, concat("", ["secrets.", lower(secret)]))

_is_assigned(expression, secret) if {
	_assigned(expression) == upper(secret)
	not injections.is_powershell(expression)
}

# The variable that the line sets to the secret before a command, or for what follows.
_assigned(expression) := trim_prefix(name, "export ") if {
	name := split(expression.line, "=${{")[0]
	name != expression.line
} else := trim_prefix(name, "export ") if {
	name := split(expression.line, "=\"${{")[0]
	name != expression.line
} else := ""

_is_password_of_docker(expression, secret) if {
	contains(expression.line, " login ")
	some flag in ["-p ", "-p=", "--password ", "--password="]
	some quote in ["", "\"", "'"]
	some space in ["", " "]
	contains(expression.line, concat("", [flag, quote, "${{", space, "secrets.", secret]))
}
