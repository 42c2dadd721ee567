# METADATA
# title: Probe of an undefined port
# description: |
#   The probe names a port that the container does not have. The probe always fails, and the container is killed or never becomes ready.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{probe} of `{name}` uses port `{port}`, which the container does not declare"
#   remediation: Give a port that name, or correct the probe.
#   aliases:
#     - {id: kube-linter:liveness-port, when: {probe: livenessProbe}}
#     - {id: kube-linter:readiness-port, when: {probe: readinessProbe}}
#     - {id: kube-linter:startup-port, when: {probe: startupProbe}}
#     - {id: kube-linter:template/liveness-port, when: {probe: livenessProbe}}
#     - {id: kube-linter:template/readiness-port, when: {probe: readinessProbe}}
#     - {id: kube-linter:template/startup-port, when: {probe: startupProbe}}
#   implied_by: [kubernetes/invalid-probe]
package rules.kubernetes["probe-of-unknown-port"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", [asked.probe, asked.handler, "port"]), "name": containers.name(container),
	"probe": asked.probe, "port": asked.port,
} if {
	some container in input.containers
	not container.is_patch
	some asked in container.probe_ports
	is_string(asked.port)
	not asked.port in _declared(container)
}

_declared(container) := {port.name | some port in container.ports}
