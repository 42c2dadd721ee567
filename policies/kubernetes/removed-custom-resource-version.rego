# METADATA
# title: Version of a custom resource that is no longer served
# description: |
#   The project that defines the kind serves this version no more, so applying the object fails with "no matches for kind" where a current release is installed.
#   A definition in the repository that serves the version counts more.
# related_resources:
#   - https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`{version}` {kind} is not served by {project} {release} and later"
#   once_a_version: true
#   remediation: "{instead}."
#   how_to_fix: >-
#     Write the `apiVersion` that current releases of the project serve, and the new `kind` if it was renamed. Adapt the fields that differ there.
#   dated: true
#   habit: true
#   aliases:
#     - pluto:removed
#     - kubent:deprecated
package rules.kubernetes["removed-custom-resource-version"]

deny contains {"at": object_.at, "field": "apiVersion", "version": object_.apiVersion, "kind": object_.kind, "project": object_.project, "release": object_.project_removed_in, "instead": _instead(object_), "severity": _severity(object_)} if {
	some object_ in input.objects
	object_.project_removed_in
	not object_.repeats_version
}

# The definition that the repository installs has no such version.
_severity(row) := "error" if {
	row.is_undeclared
} else := "info"

_instead(row) := sprintf("Write `apiVersion: %s`", [row.project_replacement]) if {
	count(split(row.project_replacement, "/")) == 2
} else := sprintf("Write `apiVersion: %s` and `kind: %s`", [concat("/", array.slice(split(row.project_replacement, "/"), 0, 2)), split(row.project_replacement, "/")[2]])
