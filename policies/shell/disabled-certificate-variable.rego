# METADATA
# title: Certificate check switched off by a variable
# description: |
#   The variable takes the check of certificates from every program that reads it: anyone on the way can answer in place of the server.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{name}` switches the check of certificates off"
#   remediation: "Leave it out; if the server has a certificate of your own, install its authority."
#   aliases:
#     - checkov:CKV2_DOCKER_5
#     - checkov:CKV2_DOCKER_6
#     - checkov:CKV2_DOCKER_12
#     - checkov:CKV2_DOCKER_14
#     - checkov:CKV2_DOCKER_16
package rules.shell["disabled-certificate-variable"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "aliases": _aliases(variable.source, variable.name)} if {
	some variable in input.variables
	variable.is_known
	variable.name in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl", "YARN_STRICT_SSL", "yarn_strict_ssl", "PNPM_CONFIG_STRICT_SSL", "pnpm_config_strict_ssl", "YARN_ENABLE_STRICT_SSL", "yarn_enable_strict_ssl", "GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
	_switches_off(variable.name, variable.value)
}

deny contains {"at": assignment.at, "name": assignment.name, "aliases": _aliases(command.source, assignment.name)} if {
	some command in input.commands
	some assignment in command.assignments
	assignment.is_known
	assignment.name in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_STRICT_SSL", "npm_config_strict_ssl", "YARN_STRICT_SSL", "yarn_strict_ssl", "PNPM_CONFIG_STRICT_SSL", "pnpm_config_strict_ssl", "YARN_ENABLE_STRICT_SSL", "yarn_enable_strict_ssl", "GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
	_switches_off(assignment.name, assignment.value)
}

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

_aliases(source, name) := [alias] if {
	source in {"env", "arg", "run", "heredoc", "cmd", "entrypoint", "healthcheck"}
	alias := {"PYTHONHTTPSVERIFY": "checkov:CKV2_DOCKER_5", "NODE_TLS_REJECT_UNAUTHORIZED": "checkov:CKV2_DOCKER_6", "NPM_CONFIG_STRICT_SSL": "checkov:CKV2_DOCKER_12", "GIT_SSL_NO_VERIFY": "checkov:CKV2_DOCKER_14", "PIP_TRUSTED_HOST": "checkov:CKV2_DOCKER_16"}[upper(name)]
}

_aliases(source, name) := [] if not source in {"env", "arg", "run", "heredoc", "cmd", "entrypoint", "healthcheck"}

_aliases(source, name) := [] if {
	source in {"env", "arg", "run", "heredoc", "cmd", "entrypoint", "healthcheck"}
	not upper(name) in {"PYTHONHTTPSVERIFY", "NODE_TLS_REJECT_UNAUTHORIZED", "NPM_CONFIG_STRICT_SSL", "GIT_SSL_NO_VERIFY", "PIP_TRUSTED_HOST"}
}
