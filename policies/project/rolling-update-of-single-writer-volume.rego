# METADATA
# title: Rolling update of a pod whose volume one node can mount
# description: |
#   A rolling update starts the new pod before it stops the old one. If the new one lands on another node, its `ReadWriteOnce` claim is still
#   attached to the first, and the rollout waits until somebody deletes the old pod; if it lands on the same node, two programs write to the same files.
#   `Recreate` stops the old pod first. Off by default: on clusters of one node, and with drivers that attach a volume to several, it goes well.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/#recreate-deployment
#   - https://kubernetes.io/docs/concepts/storage/persistent-volumes/#access-modes
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   default: off
#   message: "a rolling update of `{name}` starts a pod whose claim `{claim}` the old one holds ({mode})"
#   remediation: "Write `strategy: {type: Recreate}`."
package rules.project["rolling-update-of-single-writer-volume"]

import data.lib.workloads

deny contains {
	"at": workload.at, "field": "spec.strategy", "name": workloads.name(workload), "claim": claim.name, "mode": claim.access_modes[0],
	"related": [{"at": claim.at, "field": "spec.accessModes", "message": "the claim"}],
} if {
	some claim in input.claims
	claim.name
	count(claim.access_modes) == 1
	claim.access_modes[0] in {"ReadWriteOnce", "ReadWriteOncePod"}
	object.get(input.sizes.claims_by_name, claim.name, 0) == 1
	some workload in input.index.workloads_by_claims[claim.name]
	workload.kind == "Deployment"
	_is_one(workload)
	_is_rolling(workload)
	not workload.is_pinned
	not workload.is_patch
	workloads.may_meet(claim, workload)
	workloads.is_near(claim.path, workload.path)
}

_is_one(workload) if workload.replicas == 1

_is_one(workload) if not workload.has_replicas

_is_rolling(workload) if not workload.has_strategy

_is_rolling(workload) if {
	object.get(workload.strategy, "type", "RollingUpdate") == "RollingUpdate"
	not object.get(object.get(workload.strategy, "rollingUpdate", {}), "maxSurge", 1) in {0, "0", "0%"}
}
