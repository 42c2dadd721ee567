# METADATA
# title: Missing PodDisruptionBudget
# description: |
#   Without a budget, draining nodes for an upgrade may evict all pods of a workload at the same time. Off by default: with one replica a budget only
#   blocks the drain.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/configure-pdb/
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   default: off
#   message: "no PodDisruptionBudget selects the pods of {kind} `{name}`"
#   remediation: "Write a PodDisruptionBudget with `maxUnavailable: 1` whose selector has the labels of these pods."
#   aliases:
#     - {id: kube-score:deployment-has-poddisruptionbudget, when: {kind: Deployment}, unless: single}
#     - {id: kube-score:statefulset-has-poddisruptionbudget, when: {kind: StatefulSet}, unless: single}
#     - {id: polaris:missingPodDisruptionBudget, when: {kind: Deployment}}
#     - {id: kics:deployment-without-poddisruptionbudget, when: {kind: Deployment}}
#     - {id: kics:statefulset-without-poddisruptionbudget, when: {kind: StatefulSet}}
package rules.project["missing-disruption-budget"]

deny contains {"at": pods.at, "field": "metadata.name", "kind": pods.kind, "name": object.get(pods, "name", "?"), "single": _is_single(pods)} if {
	some pods in input.coverage
	pods.kind in {"Deployment", "StatefulSet", "Rollout"}
	not pods.has_budget
	not pods.is_patch
}

# Whether one replica is asked for.
_is_single(pods) if {
	_has_one(pods)
} else := false

_has_one(pods) if {
	some workload in input.index.workloads_by_at[pods.at]
	workload.replicas == 1
}
