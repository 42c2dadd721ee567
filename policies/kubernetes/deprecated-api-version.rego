# METADATA
# title: Deprecated API version
# description: |
#   A later release of Kubernetes will no longer serve this version.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{version}` {kind} is deprecated since Kubernetes {release}"
#   remediation: "Write `apiVersion: {replacement}`."
#   aliases:
#     - kube-score:stable-version
#     - trivy:KSV-0107
#     - pluto:deprecated
#     - kubent:deprecated
#     - kics:object-is-using-a-deprecated-api-version
package rules.kubernetes["deprecated-api-version"]

deny contains {"at": object_.at, "field": "apiVersion", "version": object_.apiVersion, "kind": object_.kind, "release": object_.deprecated_in, "replacement": object_.replacement} if {
	some object_ in input.objects
	object_.deprecated_in
	not object_.removed_in
	object_.replacement
	object_.apiVersion != "v1"
}
