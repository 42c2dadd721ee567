# METADATA
# title: Restart policy that its controller refuses
# description: |
#   Deployments and their like keep pods running and accept only `Always`; jobs end and accept only
#   `OnFailure` or `Never`.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{name}` may not have the restart policy `{policy}`"
#   remediation: Remove it from a Deployment; use `OnFailure` or `Never` in a Job.
#   aliases:
#     - kube-linter:restart-policy
#     - kube-score:cronjob-restartpolicy
#     - kube-linter:template/restart-policy
package rules.kubernetes["wrong-restart-policy"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "restartPolicy", "name": workloads.name(workload), "policy": policy} if {
	some workload in input.workloads
	workload.kind in _kept
	policy := workload.spec.restartPolicy
	policy != "Always"
}

deny contains {"at": workload.pod, "field": "restartPolicy", "name": workloads.name(workload), "policy": policy} if {
	some workload in input.workloads
	workload.kind in {"Job", "CronJob"}
	not workload.is_patch
	policy := object.get(workload.spec, "restartPolicy", "Always")
	policy == "Always"
	not workload.has_unknown_restart
}

_kept := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"}
