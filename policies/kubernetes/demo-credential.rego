# METADATA
# title: Demonstration credential
# description: |
#   The name says that the password is for a demonstration, so it is published on purpose. It is fine as long as what it opens holds nothing
#   else, and the manifest is not what runs in production.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` publishes the password of a demonstration"
#   remediation: "Leave it out of the manifests of production."
#   aliases:
#     - {id: kube-linter:env-var-secret, when: is_env}
#     - {id: polaris:sensitiveContainerEnvVar, when: is_env}
#     - {id: kube-linter:template/env-var, when: is_env}
#     - when: is_configmap
#       ids: [trivy:KSV-0109, trivy:KSV-01010, polaris:sensitiveConfigmapContent]
package rules.kubernetes["demo-credential"]

deny contains {
	"at": variable.at, "field": variable.field, "name": variable.name, "is_env": variable.source == "container-env",
	"is_configmap": variable.source == "configmap",
} if {
	some variable in input.variables
	variable.is_demonstration
	variable.looks_secret_name
	variable.looks_like_password
	variable.source in {"container-env", "configmap", "secret"}
	some document in input.index.documents_by_at[variable.document]
	document.kind == "kubernetes"
}
