# METADATA
# title: Missing node affinity
# description: |
#   Without node affinity the scheduler may put the pod on any node that has room. Clusters with nodes of several architectures, zones or prices have to be told
#   which ones fit.
#
#   Off by default: most programs run on any node.
# related_resources:
#   - https://kubernetes.io/docs/concepts/scheduling-eviction/assign-pod-node/#node-affinity
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` has no node affinity"
#   remediation: "Say in `affinity.nodeAffinity` on which nodes it runs."
#   default: off
#   aliases:
#     - kube-linter:no-node-affinity
#     - kube-linter:template/no-node-affinity
package rules.kubernetes["missing-node-affinity"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "affinity.nodeAffinity", "name": workloads.name(workload)} if {
	some workload in input.workloads
	not workload.is_patch
	not _has_affinity(workload)
}

_has_affinity(workload) if workload.spec.affinity.nodeAffinity
