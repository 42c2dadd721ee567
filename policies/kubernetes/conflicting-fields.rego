# METADATA
# title: Mutually exclusive fields
# description: |
#   The fields exclude each other, and the API server refuses an object that has both.
# related_resources:
#   - https://kubernetes.io/docs/reference/kubernetes-api/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Keep {expected}."
#   how_to_fix: >-
#     Keep one of the two fields, and remove the other. Keep `type: Recreate` or `type: OnDelete` without `rollingUpdate`, or write `type:
#     RollingUpdate` with it.
#   across_files: true
#   of_values: true
package rules.kubernetes["conflicting-fields"]

deny contains {"at": violation.at, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "exclusive"
}
