# METADATA
# title: Identical liveness and readiness probes
# description: |
#   When both probes ask the same, a container that is merely busy is not only taken out of service
#   but killed, and its load falls on the others, which are then killed too.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: info
#   default: off
#   profiles: [pedantic]
#   confidence: high
#   category: reliability
#   message: "container `{name}` has identical liveness and readiness probes"
#   remediation: Let the liveness probe check less, or give it a higher `failureThreshold`.
#   aliases:
#     - kube-score:pod-probes-identical
#   habit: true
#   of_values: true
package rules.kubernetes["identical-probes"]

import data.lib.containers

deny contains {"at": container.at, "field": "livenessProbe", "name": containers.name(container)} if {
	some container in input.containers
	container.liveness
	container.readiness
	containers.is_serving(container)
	container.liveness == container.readiness
}
