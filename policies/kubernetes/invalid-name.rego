# METADATA
# title: Invalid object name
# description: |
#   The API server refuses names with other letters than it allows: those of most objects are lower-case letters, digits, `-` and `.`; those of
#   containers, volumes, ports, Services and namespaces have no `.`, and lengths are limited. They become parts of host names and file names.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/names/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "`{value}` is not a valid name: it {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write the name in lower case, with `-` for any other character, and shorten it if it is too long. Begin the name of a Service with a letter; use a
#     letter in the name of a port, and no `--`. Name a CustomResourceDefinition by its plural and `spec.group`, as `widgets.example.com`.
package rules.kubernetes["invalid-name"]

deny contains {"at": violation.at, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "name"
}
