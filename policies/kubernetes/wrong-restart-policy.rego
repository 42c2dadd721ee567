# METADATA
# title: Invalid restart policy
# description: |
#   Deployments and their like keep pods running and accept only `Always`; jobs end and accept only
#   `OnFailure` or `Never`.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/controllers/deployment/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "the pod template of {kind} `{name}` {setting}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     In a Deployment, StatefulSet, DaemonSet, ReplicaSet or ReplicationController, remove `restartPolicy`. In a Job or CronJob, write `restartPolicy:
#     Never` or `OnFailure`.
#   aliases:
#     - {id: kube-linter:restart-policy, when: {policy: Never}}
#     - {id: kube-score:cronjob-restartpolicy, when: {policy: Always}}
#     - {id: kube-linter:template/restart-policy, when: {policy: Never}}
package rules.kubernetes["wrong-restart-policy"]

import data.lib.workloads

deny contains {
	"at": workload.pod, "field": "restartPolicy", "name": workloads.name(workload), "kind": workload.kind, "policy": policy, "setting": sprintf("sets `restartPolicy: %s`, which only a Job accepts", [policy]), "advice": "Remove `restartPolicy`",
} if {
	some workload in input.workloads
	workload.kind in _kept
	policy := workload.spec.restartPolicy
	policy in {"Never", "OnFailure"}
}

deny contains {
	"at": workload.pod, "field": "restartPolicy", "name": workloads.name(workload), "kind": workload.kind, "policy": "Always", "setting": _setting(workload), "advice": "Write `restartPolicy: Never` or `OnFailure`",
} if {
	some workload in input.workloads
	workload.kind in {"Job", "CronJob"}
	not workload.has_unknown_restart
	_is_always(workload)
}

_setting(workload) := "sets `restartPolicy: Always`, which a Job refuses" if workload.spec.restartPolicy

_setting(workload) := "sets no `restartPolicy`, so it is `Always`, which a Job refuses" if not workload.spec.restartPolicy

_kept := {"Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "ReplicationController"}

_is_always(workload) if workload.spec.restartPolicy == "Always"

# A patch may leave it to what it changes.
_is_always(workload) if {
	not workload.is_patch
	not workload.spec.restartPolicy
}
