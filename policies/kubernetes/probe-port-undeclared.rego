# METADATA
# title: Probe of a port that the container does not declare
# description: |
#   The probe names a port that the container does not declare. A name that is not there makes the
#   probe fail for ever; a number is mostly a slip.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{probe} of `{name}` asks port `{port}`, which the container does not declare"
#   remediation: Declare the port, or mend the probe.
#   aliases:
#     - kube-linter:liveness-port
#     - kube-linter:readiness-port
#     - kube-linter:startup-port
#     - kube-linter:template/liveness-port
#     - kube-linter:template/readiness-port
#     - kube-linter:template/startup-port
package rules.kubernetes["probe-port-undeclared"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", [asked.probe, asked.handler, "port"]), "name": containers.name(container),
	"probe": asked.probe, "port": asked.port, "aliases": _aliases[asked.probe],
} if {
	some container in input.containers
	some asked in container.probe_ports
	not asked.port in _declared(container)
}

_declared(container) := {port.containerPort | some port in container.ports} | {port.name | some port in container.ports}

_aliases := {
	"livenessProbe": ["kube-linter:liveness-port", "kube-linter:template/liveness-port"],
	"readinessProbe": ["kube-linter:readiness-port", "kube-linter:template/readiness-port"],
	"startupProbe": ["kube-linter:startup-port", "kube-linter:template/startup-port"],
}
