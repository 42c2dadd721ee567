# METADATA
# title: Old name of serviceAccountName
# description: |
#   `serviceAccount` is kept for clients of the first versions of the API; where both are written
#   they may contradict each other.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "`{name}` uses `serviceAccount`, which is the old name of `serviceAccountName`"
#   remediation: Rename the field to `serviceAccountName`.
#   aliases:
#     - kube-linter:deprecated-service-account-field
#     - kube-linter:template/deprecated-service-account-field
package rules.kubernetes["deprecated-service-account-field"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "serviceAccount", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.spec.serviceAccount
}
