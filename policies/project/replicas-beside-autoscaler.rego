# METADATA
# title: Replicas set beside an autoscaler
# description: |
#   An autoscaler sets the replicas of the workload, and so does its manifest: each time it is applied, the number goes back to what is written, until the
#   autoscaler scales again. Under load that takes pods away from a program that needs them.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/#migrating-deployments-and-statefulsets-to-horizontal-autoscaling
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{name}` sets `replicas`, which the autoscaler `{scaler}` sets too: each deployment resets it"
#   remediation: "Remove `replicas`; the autoscaler starts from its minimum."
#   aliases:
#     - kics:hpa-targeted-deployments-with-configured-replica-count
#     - kube-score:deployment-targeted-by-hpa-does-not-have-replicas-configured
#     - {id: kube-score:statefulset-targeted-by-hpa-does-not-have-replicas-configured, when: {kind: StatefulSet}}
#   once_as_info: true
#   habit: true
#   of_values: true
package rules.project["replicas-beside-autoscaler"]

import data.lib.workloads

deny contains {
	"at": workload.at, "field": "spec.replicas", "name": workloads.name(workload), "scaler": object.get(scaler, "name", "?"), "kind": workload.kind,
	"related": [{"at": scaler.at, "field": "spec.scaleTargetRef.name", "message": "the autoscaler"}],
} if {
	some scaler in input.autoscalers
	scaler.scales
	object.get(input.sizes.workloads_by_scaled_as, scaler.scales, 0) == 1
	some workload in input.index.workloads_by_scaled_as[scaler.scales]
	workload.writes_replicas
	not workload.is_patch
	workloads.may_meet(scaler, workload)
	workloads.is_near(scaler.path, workload.path)
}
