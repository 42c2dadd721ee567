# METADATA
# title: Budget without a limit
# description: |
#   A PodDisruptionBudget with neither `minAvailable` nor `maxUnavailable` says nothing about how many pods have to stay.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "PodDisruptionBudget `{name}` sets neither `minAvailable` nor `maxUnavailable`"
#   remediation: "Set `maxUnavailable: 1`, or how many pods have to stay."
#   default: off
#   aliases:
#     - kube-score:poddisruptionbudget-has-policy
package rules.kubernetes["budget-without-limit"]

import data.lib.workloads

deny contains {"at": budget.at, "field": "spec", "name": workloads.name(budget)} if {
	some budget in input.specifications
	budget.kind == "PodDisruptionBudget"
	budget.is_whole
	not _is_set(budget, "minAvailable")
	not _is_set(budget, "maxUnavailable")
}

_is_set(budget, key) if key in object.keys(budget.body.spec)
