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
#   message: "the value of `{name}` {problem}"
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

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "problem": _problem(variable), "severity": _severity(variable)} if {
	some variable in input.variables
	variable.source in {"env", "arg"}
	variable.looks_secret_name
	variable.has_value
	variable.looks_like_password
}

# A word that everybody tries first is no secret, but the default of a program.
_problem(variable) := "is a default password, which everybody tries first" if variable.is_well_known

_problem(variable) := "looks like a credential; everybody who pulls the image can read it" if not variable.is_well_known

_severity(variable) := "warning" if variable.is_well_known

_severity(variable) := "error" if not variable.is_well_known
