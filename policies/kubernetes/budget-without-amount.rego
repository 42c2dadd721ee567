# METADATA
# title: Disruption budget without an amount
# description: |
#   A PodDisruptionBudget that says neither how many pods must stay nor how many may be gone protects none: all pods that it selects may be evicted at the
#   same time. What a kustomization or a chart adds is taken into account; patches are left alone.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "PodDisruptionBudget `{name}` sets neither `minAvailable` nor `maxUnavailable`, so it protects nothing"
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
