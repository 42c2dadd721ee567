# METADATA
# title: Misplaced field
# description: |
#   The field exists, but not here. `kubectl` refuses it as an unknown field; other clients and older servers drop it without a word, and the setting never
#   takes effect.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/reference/using-api/api-concepts/#field-validation
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{key}` is not a field at this level: `kubectl` refuses the object, and what else applies it drops the field"
#   across_files: true
#   remediation: "{expected}."
#   how_to_fix: >-
#     Move the field to where the API defines it: `imagePullPolicy` to each container, `privileged` and `capabilities` to the `securityContext` of a
#     container, `strategy` of a DaemonSet to `updateStrategy`. Remove it if it is empty, or if the kind has no such setting, such as `replicas` in a
#     DaemonSet.
package rules.kubernetes["misplaced-field"]

deny contains {"at": violation.at, "key": violation.field, "expected": violation.expected, "severity": object.get(violation, "severity", "error")} if {
	some violation in input.violations
	violation.fault == "misplaced"
}
