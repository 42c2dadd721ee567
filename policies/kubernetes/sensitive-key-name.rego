# METADATA
# title: Key named like a credential
# description: |
#   A ConfigMap or an environment variable with such a name holds a credential, or will hold one when somebody fills it in. `secret-in-configmap`,
#   `secret-in-env` and `weak-credential` report values that look like one; this rule goes by the name alone, and by the header of a private key.
#
#   Off by default: names such as `TOKEN_TTL` and `PASSWORD_FILE` hold no credential.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{name}` {problem}"
#   remediation: "Move it to a Secret that is not in the repository."
#   default: off
#   aliases:
#     - {ids: [polaris:sensitiveConfigmapContent, trivy:KSV-0109], when: {source: configmap}}
#     - {id: polaris:sensitiveContainerEnvVar, when: {source: container-env}}
package rules.kubernetes["sensitive-key-name"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "source": variable.source, "problem": problem} if {
	some variable in input.variables
	variable.source in {"configmap", "container-env"}
	variable.has_value
	problem := _problem(variable)
}

_problem(variable) := "holds the header of a private key" if {
	_holds_key(variable)
} else := "is named like a credential" if {
	_is_named(lower(variable.name))
}

_holds_key(variable) if {
	contains(variable.value, "-BEGIN ")
	contains(variable.value, "PRIVATE KEY-")
}

_is_named(name) if {
	some text in ["password", "token", "bearer", "secret", "passphrase", "passwd"]
	contains(name, text)
}

_is_named(name) if name in {"aws_secret_access_key", "aws_access_key_id", "google_application_credentials", "oci_cli_key_content", "pwd"}

_is_named(name) if {
	startswith(name, "azure_")
	endswith(name, "key")
}
