# METADATA
# title: Credential in a ConfigMap
# description: |
#   A ConfigMap is readable by everyone who may list it, is not encrypted at rest, and is often printed to logs. A credential belongs in a Secret.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "the value of `{name}`, which goes into a ConfigMap, looks like a credential"
#   once_a_value: true
#   remediation: Move it to a Secret that is not in the repository.
#   aliases:
#     - trivy:KSV-0109
#     - trivy:KSV-01010
#     - polaris:sensitiveConfigmapContent
#   implied_by: [kubernetes/secret-in-manifest]
#   once: true
package rules.kubernetes["secret-in-configmap"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "about": variable.document} if {
	some variable in input.variables
	variable.source == "configmap"
	variable.looks_secret_name
	variable.looks_like_password
	not variable.is_well_known
	not variable.is_demonstration
}
