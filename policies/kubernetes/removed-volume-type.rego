# METADATA
# title: Removed volume type
# description: |
#   The driver of this volume type was taken out of Kubernetes, so a pod that names it does not start.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/volumes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   dated: true
#   message: "volume type `{key}` is not available since Kubernetes {problem}"
#   remediation: "{expected}."
#   how_to_fix: >-
#     Use a CSI driver or another volume type; for `rbd` and `cephfs`, the CSI driver of Ceph. Instead of `gitRepo`, clone the repository in an init
#     container into an `emptyDir`.
package rules.kubernetes["removed-volume-type"]

deny contains {"at": violation.at, "key": violation.field, "problem": violation.problem, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "gone"
}
