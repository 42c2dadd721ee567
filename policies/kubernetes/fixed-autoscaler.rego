# METADATA
# title: Autoscaler that cannot scale
# description: |
#   The minimum of the autoscaler is its maximum, so it keeps one number of pods whatever the load.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   default: off
#   message: "autoscaler `{name}` keeps {maximum} replicas: its minimum is its maximum"
#   remediation: "Raise `spec.{maximum_field}`, or set `replicas` of the workload and remove the autoscaler."
#   aliases: [polaris:hpaMaxAvailability]
package rules.kubernetes["fixed-autoscaler"]

deny contains {
	"at": scaler.at, "field": concat(".", ["spec", _maximum(scaler)]), "name": object.get(scaler, "name", "?"), "maximum": scaler.maximum, "maximum_field": _maximum(scaler),
} if {
	some scaler in input.autoscalers
	scaler.minimum == scaler.maximum
}

_maximum(scaler) := "maxReplicaCount" if contains(sprintf("%v", [scaler.minimum_field]), "Count")

_maximum(scaler) := "maxReplicas" if not contains(sprintf("%v", [scaler.minimum_field]), "Count")
