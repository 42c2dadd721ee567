# METADATA
# title: Number out of range
# description: |
#   The API server refuses a number outside of what the field takes, a number in quotes, and a text where a number belongs.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}: {value}` {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write a whole number in the range of the field, without quotes: a port from 1 to 65535, file permissions such as `0644`. Where the field also
#     takes a percentage, write `25%`.
#   of_values: true
#   implied_by: [kubernetes/missing-field]
package rules.kubernetes["out-of-range"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "range"
}
