# METADATA
# title: Single replica
# description: |
#   With one replica every rollout, every drained node and every crash is an outage. A horizontal
#   pod autoscaler in the same file counts: it sets the number itself.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` runs {replicas} replica"
#   remediation: Set `replicas` to 2 or more.
#   aliases:
#     - kube-linter:minimum-three-replicas
#     - polaris:deploymentMissingReplicas
#     - kube-score:deployment-replicas
#     - kube-linter:template/minimum-replicas
package rules.kubernetes["single-replica"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.replicas", "name": workloads.name(workload), "replicas": object.get(workload, "replicas", 1)} if {
	some workload in input.workloads
	workload.kind == "Deployment"
	object.get(workload, "replicas", 1) == 1
	not _is_unknown(workload)
	not workload.is_patch
	not _is_scaled(workload)
}

_is_unknown(workload) if {
	workload.has_replicas
	not workload.replicas
}

_is_scaled(workload) if {
	some scaler in input.index.objects_by_scales[concat("/", [workload.kind, workloads.name(workload)])]
	scaler.path == workload.path
}
