# METADATA
# title: Invalid label
# description: |
#   The value of a label has at most 63 letters, digits, `-`, `_` and `.`, and begins and ends with a letter or digit; its key is such a name, after a
#   domain and `/` or not. The API server refuses anything else. Free text belongs in an annotation.
# related_resources:
#   - https://kubernetes.io/docs/concepts/overview/working-with-objects/labels/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "label `{key}` is not valid: `{value}` {problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Shorten the value, and replace other characters with `-`, `_` or `.`; or move it to an annotation. Write the key as `name` or `example.com/name`.
#     Move a field of `metadata` that is indented under `labels` up one level.
#   aliases:
#     - kube-score:label-values
#     - kics:metadata-label-is-invalid
package rules.kubernetes["invalid-label"]

deny contains {"at": violation.at, "key": violation.field, "value": _value(violation), "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "label"
}

# What is one level too deep is told by its key.
_value(violation) := violation.field if startswith(violation.problem, "is a field of")

_value(violation) := violation.value if not startswith(violation.problem, "is a field of")
