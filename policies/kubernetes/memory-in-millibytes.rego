# METADATA
# title: Memory or storage in thousandths of a byte
# description: |
#   The unit `m` means thousandths, which is right for CPUs: `128m` of memory is an eighth of a byte. A container with such a limit is killed before it
#   starts, and a request for so little reserves nothing.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
#   - https://kubernetes.io/docs/reference/kubernetes-api/common-definitions/quantity/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{key}: {value}` is {problem}: the unit `m` means thousandths"
#   remediation: "Write {expected}."
package rules.kubernetes["memory-in-millibytes"]

deny contains {"at": violation.at, "key": violation.field, "value": violation.value, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "small-quantity"
}
