# METADATA
# title: Pods without a network policy
# description: |
#   Without a NetworkPolicy that selects them, pods take connections from every other pod of the cluster, and may open connections to anywhere. Off by
#   default: many clusters restrict traffic elsewhere, in a service mesh or with policies that another repository holds.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/network-policies/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   default: off
#   message: "{problem} for the pods of {kind} `{name}`"
#   remediation: "Write a NetworkPolicy whose `podSelector` selects these pods, with rules for `ingress` and `egress`."
#   aliases:
#     - {id: kube-linter:non-isolated-pod, unless: any}
#     - {id: kube-linter:template/non-isolated-pod, unless: any}
#     - {id: checkov:CKV2_K8S_6, unless: any}
#     - {id: kube-score:pod-networkpolicy, unless: both}
#     - {id: kics:pod-misconfigured-network-policy, unless: any}
#     - polaris:missingNetworkPolicy
package rules.project["pod-without-network-policy"]

deny contains {
	"at": pods.at, "field": "metadata.name", "kind": pods.kind, "name": object.get(pods, "name", "?"), "problem": _problem(pods),
	"any": pods.has_policy, "both": _has_both(pods),
} if {
	some pods in input.coverage
	not pods.is_patch
	not _is_ruled(pods)
}

# Whether policies say what may come in, and what may go out.
_is_ruled(pods) if {
	pods.has_ingress_rules
	pods.has_egress_rules
}

_has_both(pods) if {
	pods.has_ingress_policy
	pods.has_egress_policy
} else := false

_problem(pods) := "no network policy is written" if {
	not pods.has_policy
} else := "no network policy restricts what may come in" if {
	not pods.has_ingress_policy
} else := "no network policy restricts what may go out" if {
	not pods.has_egress_policy
} else := "no rule of a network policy allows what is needed in both directions"
