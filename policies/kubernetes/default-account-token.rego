# METADATA
# title: Mounted token of the default service account
# description: |
#   Pods that name no service account run as `default`, and get its token unless the account says `automountServiceAccountToken: false`.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-service-account/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "the service account `default` gives its token to every pod that names no other account"
#   remediation: "Add `automountServiceAccountToken: false`."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_41
#     - kics:default-service-account-in-use
package rules.kubernetes["default-account-token"]

deny contains {"at": account.at, "field": "automountServiceAccountToken"} if {
	some account in input.specifications
	account.kind == "ServiceAccount"
	account.name == "default"
	account.is_whole
	not object.get(account.body, "automountServiceAccountToken", true) == false
}
