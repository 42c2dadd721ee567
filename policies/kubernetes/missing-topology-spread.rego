# METADATA
# title: Missing topology spread constraint
# description: |
#   Topology spread constraints spread the pods over nodes and zones. The scheduler does so by default as well as it can; a constraint makes it a rule.
#
#   Off by default: it matters for programs with several replicas in clusters of several zones.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/topology-spread-constraints/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` has no topology spread constraint"
#   remediation: "Add to the pod `topologySpreadConstraints` with `maxSkew`, `topologyKey`, `whenUnsatisfiable` and a `labelSelector` of its labels."
#   default: off
#   aliases:
#     - polaris:topologySpreadConstraint
package rules.kubernetes["missing-topology-spread"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "topologySpreadConstraints", "name": workloads.name(workload)} if {
	some workload in input.workloads
	not workload.kind in {"Job", "CronJob"}
	not workload.is_patch
	count(object.get(workload.spec, "topologySpreadConstraints", [])) == 0
}
