# METADATA
# title: Deprecated serviceAccount field
# description: |
#   `serviceAccount` is kept for clients of the first versions of the API; where both are written
#   they may contradict each other.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "`serviceAccount` of `{name}` is deprecated; the field is `serviceAccountName`"
#   remediation: Use `serviceAccountName` only.
#   aliases:
#     - kube-linter:deprecated-service-account-field
#     - kube-linter:template/deprecated-service-account-field
package rules.kubernetes["deprecated-service-account-field"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "serviceAccount", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.spec.serviceAccount
}
