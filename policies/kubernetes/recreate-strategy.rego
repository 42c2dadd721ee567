# METADATA
# title: Recreate strategy
# description: |
#   `Recreate` stops every replica before the first new one starts, so each rollout is an outage. It is appropriate where two versions must never run at
#   once, where a volume can be mounted only once, or where each pod holds a device such as a GPU that a new pod would wait for; a pod with a claim or a
#   limit on such a device, and a single replica on purpose, are not reported.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` stops all replicas before it starts new ones, so it is down during every rollout"
#   remediation: Use `RollingUpdate`.
#   aliases:
#     - kube-linter:no-rolling-update-strategy
#     - kube-score:deployment-strategy
#     - kube-linter:template/update-configuration
#   explained: true
#   habit: true
package rules.kubernetes["recreate-strategy"]

import data.lib.workloads

deny contains {"at": workload.at, "field": "spec.strategy.type", "name": workloads.name(workload)} if {
	some workload in input.workloads
	workload.kind == "Deployment"
	workload.strategy.type == "Recreate"
	workload.replicas > 1
	not _has_claim(workload)
	not _has_device(workload)
}

# A resource of another group than Kubernetes' own, such as `nvidia.com/gpu`.
_has_device(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	some name, _ in container.resources.limits
	contains(name, "/")
}

_has_claim(workload) if {
	some volume in workload.volumes
	volume.type == "persistentVolumeClaim"
}
