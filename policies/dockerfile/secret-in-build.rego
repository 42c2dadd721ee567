# METADATA
# title: Hard-coded credential in ENV or ARG
# description: |
#   Values of `ENV` and `ARG` stay in the image or its history, where everyone who can pull the image can read them.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "Remove the value. Pass it at run time (`docker run -e {name}`), or to a build step with `RUN --mount=type=secret`."
#   aliases:
#     - hadolint:DL3064
#     - trivy:DS-0031
#     - buildkit:SecretsUsedInArgOrEnv
#     - kics:secrets_stored_in_dockerfile
#     - semgrep:secret-in-build-arg
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
package rules.dockerfile["secret-in-build"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": _problem(variable), "severity": "error"} if {
	some variable in input.variables
	variable.source in {"env", "arg"}
	variable.looks_secret_name
	variable.has_value
	variable.looks_like_password
	not _is_well_known(variable)
}

# A word that everybody tries first is no secret, but the default of a program.
deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": _default(variable), "severity": "warning"} if {
	some variable in input.variables
	variable.source in {"env", "arg"}
	variable.looks_secret_name
	variable.has_value
	_may_be_used(variable)
	_is_well_known(variable)
}

_problem(variable) := sprintf("the value of `%s` looks like a credential; everybody who pulls the image can read it", [variable.name])

_default(variable) := sprintf("`%s` has the well-known default `%s`", [variable.name, variable.value])

_may_be_used(variable) if variable.looks_like_password

# What is to be changed stays what it is where nobody does.
_may_be_used(variable) if {
	variable.source == "env"
	lower(variable.value) in {"changeme", "changeit", "change-me", "change_me", "changethis", "change-this", "change_this"}
}

_is_well_known(variable) if variable.is_well_known

_is_well_known(variable) if lower(variable.value) in {"changethis", "change-this", "change_this"}

# The password is the name of a user beside it.
_is_well_known(variable) if {
	not variable.is_well_known
	some other in input.index.variables_by_document[variable.document]
	other.value == variable.value
	some word in ["USER", "LOGIN"]
	contains(upper(other.name), word)
}
