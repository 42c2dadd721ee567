# METADATA
# title: Weak password
# description: |
#   The value is a password that everybody tries first, such as `admin` or `minio123`, or is made of the user's name. Whoever reaches the program gets in, wherever the
#   manifest is applied as it is.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
#   - https://cwe.mitre.org/data/definitions/1392.html
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` is set to a weak password, {weakness}"
#   decision: true
#   once_a_value: true
#   remediation: "Generate a password for each installation, and read it from a Secret that is not in the repository."
#   aliases:
#     - {id: kube-linter:env-var-secret, when: is_env}
#     - {id: polaris:sensitiveContainerEnvVar, when: is_env}
#     - {id: kube-linter:template/env-var, when: is_env}
#     - when: is_configmap
#       ids: [trivy:KSV-0109, trivy:KSV-01010, polaris:sensitiveConfigmapContent]
#   once: true
#   of_values: true
package rules.kubernetes["weak-credential"]

deny contains {
	"at": variable.at, "field": variable.field, "name": variable.name, "weakness": _weaknesses[variable.weakness], "is_env": variable.source == "container-env",
	"is_configmap": variable.source == "configmap",
} if {
	some variable in input.variables
	variable.is_well_known
	variable.looks_secret_name
	variable.looks_like_password
	not variable.is_demonstration
	not _is_id(variable.name)
	variable.source in {"container-env", "configmap", "secret", "release-values"}
	some document in input.index.documents_by_at[variable.document]
	document.kind == "kubernetes"
}

_weaknesses := {
	"default": "a common default",
	"words": "made of common words",
	"user": "made of the name of its user or database",
	"application": "made of the name of the application",
}

# The id of a key is a user's name.
_is_id(name) if endswith(replace(replace(lower(name), "_", ""), "-", ""), "accesskeyid")
