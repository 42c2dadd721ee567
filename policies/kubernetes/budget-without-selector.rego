# METADATA
# title: Disruption budget without a selector
# description: |
#   A PodDisruptionBudget without a selector selects no pod, so it protects nothing. In `policy/v1` an empty selector, `{}`, selects every pod of the namespace.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "PodDisruptionBudget `{name}` has no selector, so it protects no pod"
#   remediation: Add `spec.selector.matchLabels` with the labels of the pods to protect.
package rules.kubernetes["budget-without-selector"]

deny contains {"at": budget.at, "field": "spec.selector", "name": object.get(budget, "name", "?")} if {
	some budget in input.budgets
	not budget.has_selector
	_says_amount(budget)
	not contains(budget.path, "patch")
	not contains(budget.path, "overlay")
}

_says_amount(budget) if budget.minAvailable

_says_amount(budget) if not is_null(object.get(budget, "maxUnavailable", null))
