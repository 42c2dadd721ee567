# METADATA
# title: Probe of an undeclared port
# description: |
#   Declaring a port only tells the reader about it, so the probe works all the same if the program
#   listens there. Some teams want every port declared.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "{probe} of `{name}` uses port {port}, which the container does not declare"
#   remediation: Declare the port, or correct the probe.
#   aliases:
#     - {id: kube-linter:liveness-port, when: {probe: livenessProbe}}
#     - {id: kube-linter:readiness-port, when: {probe: readinessProbe}}
#     - {id: kube-linter:startup-port, when: {probe: startupProbe}}
#     - {id: kube-linter:template/liveness-port, when: {probe: livenessProbe}}
#     - {id: kube-linter:template/readiness-port, when: {probe: readinessProbe}}
#     - {id: kube-linter:template/startup-port, when: {probe: startupProbe}}
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["undeclared-probe-port"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", [asked.probe, asked.handler, "port"]), "name": containers.name(container),
	"probe": asked.probe, "port": asked.port,
} if {
	some container in input.containers
	some asked in container.probe_ports
	is_number(asked.port)
	not asked.port in _declared(container)
}

_declared(container) := {port.containerPort | some port in container.ports}
