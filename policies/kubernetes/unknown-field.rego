# METADATA
# title: Unknown field
# description: |
#   The kind has no such field in this version. `kubectl` refuses the object; other clients drop the field without a word, and what it should set never takes effect.
#   Kubernetes' own kinds are judged by the schemas of 1.11 to 1.37, custom resources by the definitions in the repository and those of the releases that the message names.
# related_resources:
#   - https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   across_files: true
#   once: true
#   dated: true
#   message: "{problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Correct the spelling, move or indent the field to where the API defines it, or remove it. If another version of the kind has it, write that
#     `apiVersion`, or the field that took its place. If only newer Kubernetes releases have it, raise the version in `kubernetes` of `hullmark.yml`, or
#     remove it.
#   aliases:
#     - kubeconform:additionalProperties
#     - kube-linter:schema-validation
#     - kube-linter:template/kubeconform
package rules.kubernetes["unknown-field"]

# A field of the same path again, in another item of a list, is the same slip.
deny contains {"at": violation.at, "about": object.get(violation, "earlier", violation.at), "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation)} if {
	some violation in input.violations
	violation.fault == "unknown-field"
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"
