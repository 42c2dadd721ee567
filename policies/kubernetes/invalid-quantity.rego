# METADATA
# title: Invalid resource quantity
# description: |
#   A quantity is a number with one of the units `n`, `u`, `m`, `k`, `M`, `G`, `T`, `P`, `E`, `Ki`, `Mi`, `Gi`, `Ti`, `Pi`, `Ei`, or with an exponent. The API
#   server refuses any other: there is no `MB`, and units are case-sensitive.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{value}` of `{key}` {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write the number and a valid unit without a space: `500m` for CPU, `128Mi` for memory. Write `M` or `Mi` for `MB`, `G` or `Gi` for `GB`, and no
#     unit for bytes or whole CPUs.
#   of_values: true
package rules.kubernetes["invalid-quantity"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "quantity"
}
