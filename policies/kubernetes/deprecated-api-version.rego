# METADATA
# title: Deprecated API version
# description: |
#   A later release of Kubernetes will no longer serve this version. It is said once every release that gets
#   updates deprecates it and serves what takes its place, once a file.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{version}` {kind} is deprecated since Kubernetes {release}"
#   remediation: "Write `apiVersion: {replacement}`{also}."
#   how_to_fix: >-
#     Write the `apiVersion` that replaces it, and adapt the fields that differ there, which the Kubernetes deprecation guide lists.
#   aliases:
#     - kube-score:stable-version
#     - trivy:KSV-0107
#     - pluto:deprecated
#     - kubent:deprecated
#     - kics:object-is-using-a-deprecated-api-version
package rules.kubernetes["deprecated-api-version"]

deny contains {"at": object_.at, "field": "apiVersion", "version": object_.apiVersion, "kind": object_.kind, "release": object_.deprecated_in, "replacement": object_.replacement, "also": _also(object_)} if {
	some object_ in input.objects
	object_.is_replaceable
	object_.deprecated_in
	not object_.repeats_version
	not object_.removed_in
	object_.replacement
	object_.apiVersion != "v1"
}

_also(row) := concat("", ["; ", row.also]) if row.also

_also(row) := "" if not row.also
