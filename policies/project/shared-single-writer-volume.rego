# METADATA
# title: Replicas that share a volume of one node
# description: |
#   A claim with `ReadWriteOnce` alone is mounted on one node. Pods of a Deployment that share it and land on another node stay in `ContainerCreating`
#   with a `Multi-Attach` error. `ReadWriteOncePod` allows one pod. A StatefulSet with `volumeClaimTemplates` gives each pod a claim of its own; a claim
#   with `ReadWriteMany` may be shared. Pods that are bound to one node are left alone.
# related_resources:
#   - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "{replicas} replicas of `{name}` share the claim `{claim}`, which one node alone can mount ({mode})"
#   remediation: "Set `replicas: 1` with `strategy: {type: Recreate}`, use a claim with `ReadWriteMany`, or a StatefulSet with `volumeClaimTemplates`."
package rules.project["shared-single-writer-volume"]

import data.lib.workloads

deny contains {
	"at": workload.at, "field": "spec.replicas", "name": workloads.name(workload), "claim": claim.name, "mode": claim.access_modes[0], "replicas": workload.replicas,
	"related": [{"at": claim.at, "field": "spec.accessModes", "message": "the claim"}],
} if {
	some claim in input.claims
	claim.name
	count(claim.access_modes) == 1
	claim.access_modes[0] in {"ReadWriteOnce", "ReadWriteOncePod"}
	object.get(input.sizes.claims_by_name, claim.name, 0) == 1
	some workload in input.index.workloads_by_claims[claim.name]
	workload.kind in {"Deployment", "ReplicaSet", "ReplicationController", "DeploymentConfig", "Rollout"}
	is_number(workload.replicas)
	workload.replicas > 1
	not workload.is_pinned
	not workload.is_patch
	workloads.may_meet(claim, workload)
	workloads.is_near(claim.path, workload.path)
}
