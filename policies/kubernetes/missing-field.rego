# METADATA
# title: Missing required field
# description: |
#   The API server refuses an object without the field. What a kustomization or a chart adds is taken into account: their manifests are judged as they are built. Patches may leave
#   out whatever they do not change.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   across_files: true
#   dated: true
#   message: "{problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Add the field with its value at the level that requires it; to the path of an Ingress, for example, `pathType: Prefix`.
#   of_values: true
#   aliases:
#     - kubeconform:required
#     - kube-linter:schema-validation
#     - kube-linter:template/kubeconform
package rules.kubernetes["missing-field"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected, "severity": _severity(violation), "minor": _is_minor(violation)} if {
	some violation in input.violations
	violation.fault == "missing-field"
}

_severity(violation) := violation.severity if {
	violation.severity
} else := "error"

# What a custom resource lacks is often patched in by a kustomization of another folder, or by a webhook.
_is_minor(violation) if {
	_is_custom(violation)
} else := false

_is_custom(violation) if violation.severity in {"warning", "info"}
