# METADATA
# title: Unset rolling update
# description: |
#   A rollout without a strategy replaces a quarter of the replicas at a time. Some teams want that choice to be explicit.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` does not configure its rolling update"
#   remediation: "Set `strategy.type: RollingUpdate` with `maxSurge` and `maxUnavailable`."
#   aliases:
#     - {id: kube-linter:no-rolling-update-strategy, unless: recreates}
#     - {id: kube-score:deployment-strategy, when: recreates}
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["unset-rolling-update"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.strategy", "name": workloads.name(workload), "recreates": false} if {
	some workload in input.workloads
	workload.kind in {"Deployment", "DeploymentConfig"}
	not workload.has_strategy
	not workload.is_patch
}

# With one replica `Recreate` costs no more than a moment; with more it has a rule of its own.
deny contains {"at": workload.at, "field": "spec.strategy.type", "name": workloads.name(workload), "recreates": true} if {
	some workload in input.workloads
	workload.kind == "Deployment"
	workload.strategy.type == "Recreate"
	not workload.replicas > 1
	not _has_claim(workload)
}

_has_claim(workload) if {
	some volume in workload.volumes
	volume.type == "persistentVolumeClaim"
}
