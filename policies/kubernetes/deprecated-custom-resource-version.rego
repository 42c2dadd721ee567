# METADATA
# title: Deprecated version of a custom resource
# description: |
#   The project that defines the kind deprecates this version, and serves another one: `kubectl` prints a warning for each object, and a later release refuses it. It is said once a file,
#   for the projects whose definitions are embedded.
# related_resources:
#   - https://kubernetes.io/docs/tasks/extend-kubernetes/custom-resources/custom-resource-definition-versioning/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{version}` {kind} is deprecated in {project} {release}"
#   once_a_version: true
#   remediation: "{instead}."
#   how_to_fix: >-
#     Write the newer `apiVersion` that the project serves, and the new `kind` if it was renamed. Adapt the fields that differ there.
#   dated: true
#   habit: true
#   aliases:
#     - pluto:deprecated
#     - kubent:deprecated
package rules.kubernetes["deprecated-custom-resource-version"]

deny contains {"at": object_.at, "field": "apiVersion", "version": object_.apiVersion, "kind": object_.kind, "project": object_.project, "release": object_.project_deprecated_in, "instead": _instead(object_)} if {
	some object_ in input.objects
	object_.project_deprecated_in
	not object_.project_removed_in
	not object_.repeats_version
}

_instead(row) := sprintf("Write `apiVersion: %s`", [row.project_replacement]) if {
	count(split(row.project_replacement, "/")) == 2
} else := sprintf("Write `apiVersion: %s` and `kind: %s`", [concat("/", array.slice(split(row.project_replacement, "/"), 0, 2)), split(row.project_replacement, "/")[2]])
