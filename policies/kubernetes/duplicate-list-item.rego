# METADATA
# title: Duplicate item in a list with keys
# description: |
#   Items of the list are told apart by a field, and two of them have the same value there. The API server refuses two containers or volumes of one name.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/server-side-apply/#merge-strategy
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Give one of the two items another key, such as another `name` for a container or volume, or remove it.
#   of_values: true
package rules.kubernetes["duplicate-list-item"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "duplicate-item"
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"
