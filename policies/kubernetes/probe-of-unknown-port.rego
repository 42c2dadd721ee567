# METADATA
# title: Probe of a port name that the container does not have
# description: |
#   The probe names a port, and the container has none of that name. The probe fails for ever, and
#   the container is killed or never ready.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{probe} of `{name}` asks port `{port}`, which the container does not have"
#   remediation: Give a port that name, or mend the probe.
#   aliases:
#     - kube-linter:liveness-port
#     - kube-linter:readiness-port
#     - kube-linter:startup-port
#     - kube-linter:template/liveness-port
#     - kube-linter:template/readiness-port
#     - kube-linter:template/startup-port
package rules.kubernetes["probe-of-unknown-port"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", [asked.probe, asked.handler, "port"]), "name": containers.name(container),
	"probe": asked.probe, "port": asked.port, "aliases": _aliases[asked.probe],
} if {
	some container in input.containers
	some asked in container.probe_ports
	is_string(asked.port)
	not asked.port in _declared(container)
}

_declared(container) := {port.name | some port in container.ports}

_aliases := {
	"livenessProbe": ["kube-linter:liveness-port", "kube-linter:template/liveness-port"],
	"readinessProbe": ["kube-linter:readiness-port", "kube-linter:template/readiness-port"],
	"startupProbe": ["kube-linter:startup-port", "kube-linter:template/startup-port"],
}
