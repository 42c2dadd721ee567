# METADATA
# title: Missing pod anti-affinity
# description: |
#   Without pod anti-affinity or a topology spread constraint the scheduler may put all replicas on one node, and its failure stops them all. The scheduler's
#   default spreads them if it can, not more.
#
#   An anti-affinity term counts if it selects the pod's own labels in its own namespace.
#
#   Off by default: the scheduler's default is enough for most programs.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#inter-pod-affinity-and-anti-affinity
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "the {replicas} replicas of `{name}` may all run on one node"
#   remediation: "Add to the pod `topologySpreadConstraints` with `topologyKey: kubernetes.io/hostname` and a `labelSelector` of its labels."
#   default: off
#   aliases:
#     - {ids: [kube-linter:no-anti-affinity, kube-linter:template/anti-affinity], when: is_many}
#     - {ids: [kube-score:deployment-has-host-podantiaffinity, kics:deployment-has-no-podantiaffinity], when: {kind: Deployment}}
#     - {ids: [kube-score:statefulset-has-host-podantiaffinity, kics:statefulset-has-no-podantiaffinity], when: {kind: StatefulSet}}
package rules.kubernetes["missing-anti-affinity"]

import data.lib.workloads

deny contains {
	"at": workload.pod, "field": "affinity.podAntiAffinity", "name": workloads.name(workload), "replicas": format_int(workload.replicas, 10), "kind": workload.kind,
	"is_many": _is_many(workload),
} if {
	some workload in input.workloads
	workload.kind in {"Deployment", "DeploymentConfig", "StatefulSet", "Rollout", "ReplicaSet", "ReplicationController"}
	workload.replicas > 1
	_is_judged(workload)
	workload.labels_known
	not _is_spread(workload)
}

_is_judged(workload) if not workload.is_patch

# A term that selects other pods than its own labels is wrong wherever it stands.
_is_judged(workload) if {
	workload.spec.affinity.podAntiAffinity
	count(workload.labels) > 0
}

_is_many(workload) if {
	workload.replicas > 2
} else := false

_is_spread(workload) if {
	some constraint in workload.spec.topologySpreadConstraints
	_is_place(constraint.topologyKey)
}

_is_spread(workload) if {
	some term in workload.spec.affinity.podAntiAffinity.requiredDuringSchedulingIgnoredDuringExecution
	_is_of_own(workload, term)
}

_is_spread(workload) if {
	some preferred in workload.spec.affinity.podAntiAffinity.preferredDuringSchedulingIgnoredDuringExecution
	_is_of_own(workload, preferred.podAffinityTerm)
}

_is_place(key) if contains(key, "hostname")

_is_place(key) if contains(key, "zone")

_is_place(key) if contains(key, "region")

_is_of_own(workload, term) if {
	_is_place(term.topologyKey)
	_is_of_namespace(workload, term)
	not _misses_label(workload, term)
	not _misses_expression(workload, term)
	term.labelSelector
}

_is_of_namespace(_, term) if count(object.get(term, "namespaces", [])) == 0

_is_of_namespace(workload, term) if {
	some namespace in object.get(term, "namespaces", [])
	namespace == object.get(workload, "namespace", namespace)
}

_misses_label(workload, term) if {
	some key, value in term.labelSelector.matchLabels
	object.get(workload.labels, key, "") != value
}

_misses_expression(workload, term) if {
	some requirement in term.labelSelector.matchExpressions
	not _is_met(workload, requirement)
}

_is_met(workload, requirement) if {
	requirement.operator == "In"
	workload.labels[requirement.key] in requirement.values
}

_is_met(workload, requirement) if {
	requirement.operator == "Exists"
	workload.labels[requirement.key]
}

_is_met(workload, requirement) if {
	requirement.operator == "NotIn"
	not object.get(workload.labels, requirement.key, "") in requirement.values
}

_is_met(workload, requirement) if {
	requirement.operator == "DoesNotExist"
	not workload.labels[requirement.key]
}
