# METADATA
# title: Deprecated serviceAccount field
# description: |
#   `serviceAccount` is kept for clients of the first versions of the API. Where both are written,
#   `serviceAccountName` is the account of the pod.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "`{name}` sets `serviceAccount`, which {fault}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write `serviceAccountName` instead of `serviceAccount`. If both are set, remove `serviceAccount`, and write the intended account in
#     `serviceAccountName`.
#   aliases:
#     - kube-linter:deprecated-service-account-field
#     - kube-linter:template/deprecated-service-account-field
package rules.kubernetes["deprecated-service-account-field"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "serviceAccount", "name": workloads.name(workload), "fault": "is deprecated", "advice": sprintf("Write `serviceAccountName: %s`", [old])} if {
	some workload in input.workloads
	old := workload.spec.serviceAccount
	is_string(old)
	old != ""
	not workload.spec.serviceAccountName
}

deny contains {"at": workload.pod, "field": "serviceAccount", "name": workloads.name(workload), "fault": "is deprecated, and repeats `serviceAccountName`", "advice": "Remove `serviceAccount`"} if {
	some workload in input.workloads
	old := workload.spec.serviceAccount
	old != ""
	old == workload.spec.serviceAccountName
}

deny contains {"at": workload.pod, "field": "serviceAccount", "name": workloads.name(workload), "fault": sprintf("is ignored: `serviceAccountName: %s` takes precedence", [new]), "advice": "Remove `serviceAccount`, and write the intended account in `serviceAccountName`", "severity": "warning"} if {
	some workload in input.workloads
	old := workload.spec.serviceAccount
	is_string(old)
	new := workload.spec.serviceAccountName
	old != new
}
