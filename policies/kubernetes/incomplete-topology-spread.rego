# METADATA
# title: Topology spread constraint without effect
# description: |
#   A constraint without `labelSelector` counts no pods, so it spreads none. Without `topologyKey`, with a `maxSkew` below 1 or an unknown `whenUnsatisfiable` the API
#   server refuses the pod.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "a topology spread constraint of `{name}` {problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Give each constraint a `labelSelector` with the labels of the pod, a `topologyKey` such as `kubernetes.io/hostname` or
#     `topology.kubernetes.io/zone`, a `maxSkew` of 1 or more, and `whenUnsatisfiable: DoNotSchedule` or `ScheduleAnyway`. Set `minDomains` to 1 or
#     more, or remove it.
#   default: off
#   aliases:
#     - kube-score:pod-topology-spread-constraints
package rules.kubernetes["incomplete-topology-spread"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": concat(".", ["topologySpreadConstraints", format_int(number, 10)]), "name": workloads.name(workload), "problem": said.problem, "advice": said.advice} if {
	some workload in input.workloads
	some number, constraint in workload.spec.topologySpreadConstraints
	some fault, said in _faults
	_has(constraint, fault)
}

_faults := {
	"selector": {"problem": "counts no pods: it has no `labelSelector`", "advice": "Add `labelSelector` with the labels of the pod"},
	"key": {"problem": "has no `topologyKey`", "advice": "Add `topologyKey`, such as `kubernetes.io/hostname` or `topology.kubernetes.io/zone`"},
	"skew": {"problem": "has a `maxSkew` below 1", "advice": "Set `maxSkew: 1`, or more"},
	"domains": {"problem": "has `minDomains` below 1", "advice": "Remove `minDomains`, or set 1 or more"},
	"action": {"problem": "has a `whenUnsatisfiable` that is neither `DoNotSchedule` nor `ScheduleAnyway`", "advice": "Set `whenUnsatisfiable` to `DoNotSchedule` or `ScheduleAnyway`"},
}

_has(constraint, "selector") if not constraint.labelSelector

_has(constraint, "key") if object.get(constraint, "topologyKey", "") == ""

_has(constraint, "skew") if object.get(constraint, "maxSkew", 0) < 1

_has(constraint, "domains") if constraint.minDomains < 1

_has(constraint, "action") if not object.get(constraint, "whenUnsatisfiable", "") in {"DoNotSchedule", "ScheduleAnyway"}
