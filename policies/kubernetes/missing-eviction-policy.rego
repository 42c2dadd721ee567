# METADATA
# title: Budget without a policy for unhealthy pods
# description: |
#   By default a budget protects pods that run but are not ready as well: if a program crashes again and again, its pods cannot be evicted, and the drain of
#   their node waits for somebody. `AlwaysAllow` lets unhealthy pods be evicted. Off by default: the field is known since Kubernetes 1.27.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/#unhealthy-pod-eviction-policy
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   default: off
#   message: "PodDisruptionBudget `{name}` sets no `unhealthyPodEvictionPolicy`, so pods that never get ready block a drain"
#   remediation: "Write `unhealthyPodEvictionPolicy: AlwaysAllow`."
#   aliases: [kube-linter:pdb-unhealthy-pod-eviction-policy, kube-linter:template/pdb-unhealthy-pod-eviction-policy]
package rules.kubernetes["missing-eviction-policy"]

deny contains {"at": budget.at, "field": "spec.unhealthyPodEvictionPolicy", "name": object.get(budget, "name", "?")} if {
	some budget in input.budgets
	not budget.has_eviction_policy
	not contains(budget.path, "patch")
}
