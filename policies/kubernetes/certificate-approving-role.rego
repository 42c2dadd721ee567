# METADATA
# title: Role over certificate approval
# description: |
#   Who may update `certificatesigningrequests/approval` and `approve` for a signer issues client certificates for any user and group, `system:masters` among
#   them, if the signer is `kubernetes.io/kube-apiserver-client` or all of them.
# related_resources:
#   - https://kubernetes.io/docs/reference/access-authn-authz/certificate-signing-requests/
#   - https://kubernetes.io/docs/concepts/security/rbac-good-practices/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "ClusterRole `{name}` can approve certificate signing requests, so its subjects can get a certificate for any user"
#   remediation: "Name in `resourceNames` the signers that it approves for."
#   default: off
#   aliases:
#     - checkov:CKV_K8S_156
package rules.kubernetes["certificate-approving-role"]

import data.lib.roles
import data.lib.workloads

deny contains {"at": rule.at, "field": "resources", "name": workloads.name(rule)} if {
	some rule in input.role_rules
	rule.kind == "ClusterRole"
	roles.grants(rule, {"certificates.k8s.io"}, {"certificatesigningrequests/approval"}, {"update", "patch"})
	_approves(rule)
}

_approves(rule) if {
	some other in input.index.role_rules_by_role[rule.role]
	roles.grants(other, {"certificates.k8s.io"}, {"signers"}, {"approve"})
}
