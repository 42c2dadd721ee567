# METADATA
# title: Default service account
# description: |
#   Every pod of a namespace that names no service account shares one, so a permission that one of them needs is granted to all.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` uses the default service account"
#   remediation: Create a service account for it, and set `serviceAccountName`.
#   aliases:
#     - kube-linter:default-service-account
#     - kubesec:ServiceAccountName
#     - kics:service-account-name-undefined-or-empty
#     - kube-linter:template/service-account
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["default-service-account"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "serviceAccountName", "name": workloads.name(workload)} if {
	some workload in input.workloads
	object.get(workload, "serviceAccountName", "default") in {"default", ""}
	not workload.automountServiceAccountToken == false
	not workload.has_unknown_account
	not workload.is_patch
}
