# METADATA
# title: Autoscaler minimum above its maximum
# description: |
#   The API server refuses an autoscaler whose lower bound is above its upper bound.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "autoscaler `{name}` has a minimum of {minimum} replicas, above its maximum of {maximum}"
#   remediation: Raise the maximum, or lower the minimum.
#   of_values: true
package rules.kubernetes["minimum-above-maximum"]

deny contains {
	"at": scaler.at, "field": scaler.minimum_field, "name": object.get(scaler, "name", "?"), "minimum": scaler.minimum, "maximum": scaler.maximum,
} if {
	some scaler in input.autoscalers
	scaler.minimum > scaler.maximum
	scaler.maximum > 0
}
