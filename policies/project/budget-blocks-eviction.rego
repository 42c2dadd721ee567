# METADATA
# title: Disruption budget blocks eviction
# description: |
#   The budget keeps as many pods as there are, so no pod may ever be evicted: `kubectl drain`, node upgrades and the cluster autoscaler wait
#   indefinitely, or kill the pods after a timeout regardless of the budget. Pods that an autoscaler adds count from its minimum.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
#   - https://kubernetes.io/docs/concepts/workloads/pods/disruptions/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "PodDisruptionBudget `{name}` {fault}, so no pod can be evicted"
#   remediation: "{help}."
#   how_to_fix: >-
#     Write `maxUnavailable: 1`, in place of `maxUnavailable: 0` or of `minAvailable`; or lower `minAvailable` below the number of replicas, and below
#     `minReplicas` of an autoscaler.
#   aliases:
#     - {id: kube-linter:pdb-max-unavailable, when: {by: maximum}}
#     - {id: kube-linter:template/pdb-max-unavailable, when: {by: maximum}}
#     - {id: kube-linter:pdb-min-available, when: {by: [minimum, autoscaler, equal]}}
#     - {id: kube-linter:template/pdb-min-available, when: {by: [minimum, autoscaler, equal]}}
#     - {id: polaris:pdbDisruptionsIsZero, unless: {by: [autoscaler, equal]}}
#     - {id: polaris:pdbMinAvailableGreaterThanHPAMinReplicas, when: {by: autoscaler}}
#   habit: true
#   once_as_info: true
package rules.project["budget-blocks-eviction"]

import data.lib.workloads

deny contains {
	"at": budget.at, "field": "spec.maxUnavailable", "name": object.get(budget, "name", "?"), "fault": "lets no pod be unavailable", "by": "maximum",
	"help": "Write `maxUnavailable: 1`",
} if {
	some budget in input.budgets
	budget.maxUnavailable in {0, "0", "0%"}

	# Both are refused, which `conflicting-fields` says.
	not budget.minAvailable
}

deny contains {
	"at": budget.at, "field": "spec.minAvailable", "name": object.get(budget, "name", "?"), "fault": "keeps 100% of the pods", "by": "minimum",
	"help": "Write `maxUnavailable: 1` instead",
} if {
	some budget in input.budgets
	budget.minAvailable == "100%"
}

deny contains {
	"at": budget.at, "field": "spec.minAvailable", "name": object.get(budget, "name", "?"), "by": "minimum",
	"fault": sprintf("requires %s, and `%s` has %v", [_available(budget.minAvailable), workloads.name(workload), replicas]),
	"help": sprintf("Lower `minAvailable` below %v, or write `maxUnavailable: 1` instead", [replicas]),
	"related": [{"at": workload.at, "message": "the workload that it protects"}],
} if {
	some budget in input.budgets
	is_number(budget.minAvailable)
	some workload in _protected(budget)
	replicas := _replicas(workload)
	budget.minAvailable >= replicas
	replicas > 0
}

deny contains {
	"at": budget.at, "field": "spec.minAvailable", "name": object.get(budget, "name", "?"), "by": _by(budget, scaler),
	"fault": sprintf("requires %s, and the autoscaler of `%s` may leave no more", [_available(budget.minAvailable), workloads.name(workload)]),
	"help": sprintf("Lower `minAvailable` below %v, or write `maxUnavailable: 1` instead", [scaler.minimum]),
	"related": [{"at": scaler.at, "message": "the autoscaler"}],
} if {
	some budget in input.budgets
	is_number(budget.minAvailable)
	some workload in _protected(budget)
	some scaler in input.index.autoscalers_by_scales[workload.scaled_as]
	workloads.may_meet(workload, scaler)
	budget.minAvailable >= scaler.minimum
	scaler.minimum > 0
}

# Whether it requires more than the autoscaler may leave, or as many.
_by(budget, scaler) := "autoscaler" if budget.minAvailable > scaler.minimum

_by(budget, scaler) := "equal" if budget.minAvailable == scaler.minimum

# The one workload whose pods the budget selects; several share it in ways that their replicas alone do not tell.
_protected(budget) := found if {
	budget.has_selector
	budget.selector_known
	candidates := [workload |
		some pair in workloads.rarest(budget.selector_pairs)
		some workload in input.index.workloads_by_label_pairs[pair]
		workloads.selects(budget.selector, workload.labels)
		workloads.may_meet(budget, workload)
	]
	count(candidates) == 1
	found := [workload |
		some workload in candidates
		workload.kind in {"Deployment", "StatefulSet", "ReplicaSet", "ReplicationController"}
		not workload.is_patch
		# A patch or another environment may say other replicas of it.
		input.sizes.workloads_by_name[workload.name] == 1
	]
}

_replicas(workload) := workload.replicas if {
	is_number(workload.replicas)
	not _is_scaled(workload)
}

_replicas(workload) := 1 if {
	not workload.has_replicas
	not _is_scaled(workload)
}

_is_scaled(workload) if {
	some scaler in input.index.autoscalers_by_scales[workload.scaled_as]
	scaler.document
}

_available(number) := "1 available pod" if number == 1

_available(number) := sprintf("%v available pods", [number]) if number != 1
