# METADATA
# title: Non-string value where a string is required
# description: |
#   Labels, annotations, environment variables, arguments and the data of a ConfigMap or Secret are strings. YAML makes a number of `1.10` and a boolean of
#   `yes`, and the API server refuses the object, or a client drops what it cannot read.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/annotations/
#   - https://kubernetes.io/docs/concepts/configuration/configmap/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}` is {problem}, but must be a string"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Put the value in quotes, as it is written: `'1.10'`, `'yes'`, `'8080'`. Write a list or mapping as a string, in quotes or as a block with `|`.
package rules.kubernetes["non-string-value"]

deny contains {"at": violation.at, "key": violation.field, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "not-text"
}

# Clients of other groups than Kubernetes' own may write text of it.
_severity(violation) := "warning" if {
	violation.is_custom
} else := "error"
