# METADATA
# title: Recreate strategy
# description: |
#   `Recreate` stops every replica before the first new one starts, so each rollout is an outage. It is appropriate where two versions must never run at
#   once, or where a volume can be mounted only once; a pod with a claim, and a single replica on purpose, are not reported.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "`{name}` stops all replicas before it starts new ones"
#   remediation: Use `RollingUpdate`.
#   aliases:
#     - kube-linter:no-rolling-update-strategy
#     - kube-score:deployment-strategy
#     - kube-linter:template/update-configuration
#   explained: true
package rules.kubernetes["recreate-strategy"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.strategy.type", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.kind == "Deployment"
	workload.strategy.type == "Recreate"
	workload.replicas > 1
	not _has_claim(workload)
}

_has_claim(workload) if {
	some volume in workload.volumes
	volume.type == "persistentVolumeClaim"
}
