# METADATA
# title: Hard-coded credential in a manifest
# description: |
#   Everyone who can read the repository, the object or the environment of the process has the credential, and it stays in their history.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "the value of `{name}` looks like a credential"
#   once_a_value: true
#   remediation: Move it to a Secret that is not in the repository, and use `secretKeyRef` or a mounted file.
#   aliases:
#     - kube-linter:env-var-secret
#     - polaris:sensitiveContainerEnvVar
#     - kube-linter:template/env-var
#   implied_by: [kubernetes/secret-in-manifest]
#   once: true
package rules.kubernetes["secret-in-env"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "about": variable.document} if {
	some variable in input.variables
	variable.source == "container-env"
	variable.looks_secret_name
	variable.looks_like_password
	not variable.is_well_known
	not variable.is_demonstration
	some document in input.index.documents_by_at[variable.document]
	document.kind == "kubernetes"
}
