# METADATA
# title: Quantity in the wrong unit
# description: |
#   The unit `m` means thousandths, which is right for CPUs: `128m` of memory is an eighth of a byte, and `128` is as many bytes. A container with such a
#   limit is killed before it starts, and a request for so little reserves nothing. A request for hundreds of whole CPUs is never scheduled.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{key}: {value}` is {problem}"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     For memory and storage, write `Mi` or another unit of bytes: `128Mi` instead of `128m` or `128`. For thousandths of a CPU, write `m`: `500m`
#     instead of `500`.
package rules.kubernetes["wrong-unit"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "unit"
}
