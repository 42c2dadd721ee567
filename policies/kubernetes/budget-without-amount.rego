# METADATA
# title: Disruption budget without an amount
# description: |
#   Of a PodDisruptionBudget that says neither how many pods must stay nor how many may be gone, the disruption controller expects none and allows no
#   disruption: every eviction of a pod that it selects is refused, and `kubectl drain` waits until it times out. What a kustomization or a chart adds is
#   taken into account; patches are left alone.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "PodDisruptionBudget `{name}` sets neither `minAvailable` nor `maxUnavailable`, so the disruption controller allows no eviction and node drains hang"
#   remediation: "Write `maxUnavailable: 1`."
#   aliases: [kube-score:poddisruptionbudget-has-policy]
#   of_values: true
package rules.kubernetes["budget-without-amount"]

deny contains {"at": budget.at, "field": "spec", "name": object.get(budget, "name", "?")} if {
	some budget in input.budgets
	not budget.has_amount
	budget.has_selector
	not contains(budget.path, "patch")
	not contains(budget.path, "overlay")
}
