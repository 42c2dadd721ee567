# METADATA
# title: Value of the wrong type
# description: |
#   The field takes another type: a list where a mapping is written, a number that is in quotes, a text where a boolean belongs. The API server refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}` {problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Write booleans and numbers without quotes, and quote strings and quantities that YAML reads as another type. Write each item of a list on a line
#     that begins with `-`, and the fields of a mapping below its key, without `-`.
#   of_values: true
#   aliases:
#     - kubeconform:type
#     - kube-linter:schema-validation
#     - kube-linter:template/kubeconform
package rules.kubernetes["wrong-type"]

deny contains {"at": violation.at, "key": violation.field, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "type"
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"
