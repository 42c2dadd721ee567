# METADATA
# title: Certificate verification disabled by a variable
# description: |
#   The variable disables certificate verification in every program that reads it: anyone on the network path can impersonate the server.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{name}` disables certificate verification"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove the variable, or set it back to its secure value. If the server uses a private certificate authority, install its certificate, and name it with
#     `NODE_EXTRA_CA_CERTS`, `SSL_CERT_FILE`, `GIT_SSL_CAINFO` or `PIP_CERT`.
#   aliases:
#     - {id: checkov:CKV2_DOCKER_5, when: {name: PYTHONHTTPSVERIFY, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_6, when: {name: NODE_TLS_REJECT_UNAUTHORIZED, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_12, when: {name: [NPM_CONFIG_STRICT_SSL, npm_config_strict_ssl], is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_14, when: {name: GIT_SSL_NO_VERIFY, is_in_dockerfile: true}}
#     - {id: checkov:CKV2_DOCKER_16, when: {name: PIP_TRUSTED_HOST, is_in_dockerfile: true}}
package rules.shell["disabled-certificate-variable"]

import data.lib.jobs

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "advice": _advice(variable), "severity": _severity(variable), "is_in_dockerfile": _is_in_dockerfile(variable.source)} if {
	some variable in input.variables
	variable.is_known
	variable.name in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl", "YARN_STRICT_SSL", "yarn_strict_ssl", "PNPM_CONFIG_STRICT_SSL", "pnpm_config_strict_ssl", "YARN_ENABLE_STRICT_SSL", "yarn_enable_strict_ssl", "GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
	_switches_off(variable.name, variable.value)
}

deny contains {"at": assignment.at, "name": assignment.name, "advice": _advice(assignment), "severity": _severity_of_command(command), "is_in_dockerfile": _is_in_dockerfile(command.source)} if {
	some command in input.commands
	some assignment in command.assignments
	assignment.is_known
	assignment.name in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl", "YARN_STRICT_SSL", "yarn_strict_ssl", "PNPM_CONFIG_STRICT_SSL", "pnpm_config_strict_ssl", "YARN_ENABLE_STRICT_SSL", "yarn_enable_strict_ssl", "GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
	_switches_off(assignment.name, assignment.value)
}

# The public index has a certificate that every current release of pip accepts.
_advice(setting) := "Remove it, and update `pip` and `certifi`: what rejects the certificate of pypi.org is too old" if {
	setting.name == "PIP_TRUSTED_HOST"
	contains(setting.value, "pypi")
} else := "Remove it; if the server uses a private certificate authority, install its certificate"

# A job that has no secret and publishes nothing loses a run.
_severity(variable) := "warning" if {
	_is_harmless(variable)
} else := "error"

_is_harmless(variable) if {
	variable.source == "job-env"
	some job in input.index.jobs_by_at[variable.at]
	not jobs.has_stake(job)
}

_is_harmless(variable) if {
	variable.source == "step-env"
	some step in input.index.steps_by_at[variable.at]
	some job in input.index.jobs_by_at[step.job]
	not jobs.has_stake(job)
}

_severity_of_command(command) := "warning" if {
	jobs.is_harmless(command)
} else := "error"

_switches_off(name, value) if {
	name in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED"}
	value == "0"
}

_switches_off(name, value) if {
	upper(name) in {"NPM_CONFIG_STRICT_SSL", "YARN_STRICT_SSL", "PNPM_CONFIG_STRICT_SSL", "YARN_ENABLE_STRICT_SSL"}
	lower(value) in {"false", "0"}
}

# Git asks only whether the variable is there.
_switches_off("GIT_SSL_NO_VERIFY", value) if value != ""

_switches_off("PIP_TRUSTED_HOST", value) if value != ""

_is_in_dockerfile(source) if {
	source in {"env", "arg", "run", "heredoc", "cmd", "entrypoint", "healthcheck"}
} else := false
