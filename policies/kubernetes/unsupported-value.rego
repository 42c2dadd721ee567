# METADATA
# title: Unsupported value
# description: |
#   The field takes a few words only, and they are case-sensitive. The API server refuses any other.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "unsupported value `{value}` for `{key}`"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write one of the values that the API defines for the field, with its exact case: `IfNotPresent`, not `ifNotPresent`.
package rules.kubernetes["unsupported-value"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "enum"

	# An empty text is the default.
	violation.value != ""
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"
