# METADATA
# title: Removed API version
# description: |
#   No supported release of Kubernetes serves this version any more, so applying the object fails.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/deprecation-guide/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{version}` {kind} was removed in Kubernetes {release}"
#   remediation: "{instead}{also}."
#   how_to_fix: >-
#     Write the `apiVersion` that replaced it, and adapt the fields that differ there, such as `spec.selector` in `apps/v1` or `pathType` in an Ingress.
#     Remove an object without a replacement: label namespaces with `pod-security.kubernetes.io/enforce: baseline` instead of a PodSecurityPolicy.
#   aliases:
#     - kube-linter:no-extensions-v1beta
#     - kube-score:stable-version
#     - trivy:KSV-0107
#     - pluto:removed
#     - kubent:deprecated
#     - kics:object-is-using-a-deprecated-api-version
#     - kube-linter:template/disallowed-api-obj
#   once: true
#   across_files: true
#   dated: true
#   habit: true
package rules.kubernetes["removed-api-version"]

# All objects of a file with the same version and kind are one finding, whose help is one.
deny contains {"at": object_.at, "about": _first(object_), "field": "apiVersion", "version": object_.apiVersion, "kind": object_.kind, "release": object_.removed_in, "instead": _instead(object_), "also": _also(object_), "severity": _severity(object_), "minor": object_.is_sketch} if {
	some object_ in input.objects
	object_.removed_in
}

# A file that is named for the version is the one for clusters that serve no other: `bundle-v1beta1.yaml`.
_severity(row) := "info" if {
	parts := split(row.apiVersion, "/")
	version := parts[count(parts) - 1]
	contains(version, "beta")
	contains(row.path, version)
} else := "error"

_first(row) := row.at if not row.repeats_version

_first(row) := firsts[0] if {
	row.repeats_version
	firsts := [other.at |
		some other in input.index.objects_by_path[row.path]
		other.apiVersion == row.apiVersion
		other.kind == row.kind
	]
}

_instead(row) := sprintf("Write `apiVersion: %s`", [row.replacement]) if row.replacement

_instead(row) := object.get(_successors, row.kind, "Remove the object; no other version of its kind is served") if not row.replacement

_successors := {
	"PodPreset": "Remove it, and set its `env` and `volumes` in the pods",
	"PodSecurityPolicy": "Remove it, and label the namespace `pod-security.kubernetes.io/enforce: baseline`",
}

_also(row) := concat("", ["; ", row.also]) if row.also

_also(row) := "" if not row.also
