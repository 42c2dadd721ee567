# METADATA
# title: Workload scaled by a VerticalPodAutoscaler and by utilization
# description: |
#   A HorizontalPodAutoscaler adds pods when they use much of what they request, and a VerticalPodAutoscaler changes what they request for the same
#   reason. On one resource each undoes what the other does. A VerticalPodAutoscaler in the mode `Off` only recommends.
# related_resources:
#   - https://github.com/kubernetes/autoscaler/blob/master/vertical-pod-autoscaler/docs/known-limitations.md
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "VerticalPodAutoscaler `{name}` changes the requests of `{target}`, by whose {resource} utilization autoscaler `{scaler}` scales"
#   remediation: "Write `updateMode: \"Off\"` in `spec.updatePolicy`, leave `{resource}` out of `controlledResources`, or scale by another metric."
#   of_values: true
package rules.project["contested-resources"]

import data.lib.workloads

deny contains {
	"at": reference.at, "name": object.get(reference, "name", "?"), "target": scaler.scales, "resource": scaler.utilized[0], "scaler": object.get(scaler, "name", "?"),
	"related": [{"at": scaler.at, "field": "spec.scaleTargetRef.name", "message": "the other autoscaler"}],
} if {
	some reference in input.object_references
	reference.from == "autoscaling.k8s.io/VerticalPodAutoscaler"
	reference.field == "spec.targetRef.name"
	not reference.is_optional
	some scaler in input.index.autoscalers_by_scales[concat("/", [reference.to, reference.target])]
	count(scaler.utilized) > 0
	not _is_fixed(scaler)
	workloads.may_meet(reference, scaler)
}

# An autoscaler with one number of replicas scales nothing.
_is_fixed(scaler) if scaler.minimum == scaler.maximum
