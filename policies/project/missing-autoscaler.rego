# METADATA
# title: Missing autoscaler
# description: |
#   The replicas of the Deployment stay what they are under load. Off by default: most programs need no autoscaler.
# related_resources:
#   - https://kubernetes.io/docs/tasks/run-application/horizontal-pod-autoscale/
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   default: off
#   message: "no autoscaler scales {kind} `{name}`"
#   remediation: "Write a HorizontalPodAutoscaler whose `scaleTargetRef` names it."
#   aliases: [kics:hpa-not-defined]
package rules.project["missing-autoscaler"]

deny contains {"at": pods.at, "field": "metadata.name", "kind": pods.kind, "name": object.get(pods, "name", "?")} if {
	some pods in input.coverage
	pods.kind == "Deployment"
	not pods.has_autoscaler
	not pods.is_patch
}
