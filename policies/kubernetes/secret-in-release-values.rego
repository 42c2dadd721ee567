# METADATA
# title: Credential in the values of a release
# description: |
#   Values of a HelmRelease, an Application or a HelmChart are kept in the repository and in the cluster, where
#   everybody reads them who may read these objects. A credential belongs in a Secret.
# related_resources:
#   - https://fluxcd.io/flux/components/helm/helmreleases/#values-references
#   - https://argo-cd.readthedocs.io/en/stable/operator-manual/secret-management/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "the value of `{name}` looks like a credential"
#   remediation: Name a Secret that is not in the repository, with `valuesFrom` or the chart's `existingSecret`.
#   once: true
package rules.kubernetes["secret-in-release-values"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "about": variable.document} if {
	some variable in input.variables
	variable.source == "release-values"
	variable.looks_secret_name
	variable.looks_like_password
	not variable.is_well_known
	not variable.is_demonstration
}
