# METADATA
# title: Workload with two autoscalers
# description: |
#   Two autoscalers set the replicas of one workload, each to its own number, and undo what the other did. Mostly one of them was copied and
#   still names the other's target.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "autoscaler `{name}` scales `{target}`, as `{other}` does"
#   remediation: "Name its own workload in `spec.scaleTargetRef`, or remove one of the two."
package rules.project["contested-scale-target"]

import data.lib.workloads

deny contains {
	"at": autoscaler.at, "field": "spec.scaleTargetRef.name", "name": autoscaler.name, "target": autoscaler.scales, "other": other.name,
	"related": [{"at": other.at, "field": "spec.scaleTargetRef.name", "message": "the other autoscaler"}],
} if {
	some autoscaler in input.autoscalers
	autoscaler.scales
	autoscaler.name
	object.get(input.sizes.autoscalers_by_scales, autoscaler.scales, 0) < 40
	not endswith(autoscaler.scales, concat("", ["/", autoscaler.name]))
	some other in input.index.autoscalers_by_scales[autoscaler.scales]
	other.name != autoscaler.name
	workloads.is_near(autoscaler.path, other.path)

	# The one of the workload's name is its own.
	endswith(other.scales, concat("", ["/", other.name]))
	object.get(autoscaler, "namespace", "") == object.get(other, "namespace", "")
}
