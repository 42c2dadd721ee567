# METADATA
# title: Autoscaler with few replicas
# description: |
#   At its minimum the autoscaler leaves so few pods that a drained node, or one crash, is felt, or is an outage with one. Off by default: it depends on
#   what the program is for.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   default: off
#   message: "autoscaler `{name}` may leave {minimum} of the pods of `{target}`"
#   remediation: "Set `{field}` to 3, or to 2 if two nodes are enough."
#   aliases:
#     - kube-linter:hpa-minimum-three-replicas
#     - kube-linter:template/hpa-minimum-replicas
#     - {id: kube-score:horizontalpodautoscaler-replicas, when: is_one}
#     - {id: polaris:hpaMinAvailability, when: is_one}
package rules.kubernetes["few-autoscaler-replicas"]

deny contains {
	"at": scaler.at, "field": scaler.minimum_field, "name": object.get(scaler, "name", "?"), "minimum": scaler.minimum, "target": object.get(scaler, "scales", "?"),
	"is_one": _is_one(scaler),
} if {
	some scaler in input.autoscalers
	scaler.minimum < 3
}

_is_one(scaler) if {
	scaler.minimum < 2
} else := false
