# METADATA
# title: Missing liveness probe
# description: |
#   A process that hangs without ending stays in place: only a liveness probe makes the kubelet
#   start it again.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/configure-liveness-readiness-startup-probes/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` has no liveness probe"
#   remediation: Add a `livenessProbe` that checks the program itself, not its dependencies.
#   aliases:
#     - kube-linter:no-liveness-probe
#     - polaris:livenessProbeMissing
#     - checkov:CKV_K8S_8
#     - kics:liveness-probe-is-not-defined
#     - kube-linter:template/liveness-probe
#   family: kubernetes/missing-probes
#   part: liveness probe
#   block: |
#     livenessProbe:
#       {probe}
package rules.kubernetes["missing-liveness-probe"]

import data.lib.containers

deny contains {"at": container.at, "field": "livenessProbe", "name": containers.name(container), "probe": containers.example_probe(container), "minor": _is_minor(container)} if {
	some container in input.containers
	containers.is_serving(container)
	not container.probes.livenessProbe
	containers.serves_port(container)
}

# A restart is a choice of its own where readiness is probed; a port that no Service sends requests to is one of metrics mostly.
_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.probes.readinessProbe

_is_expected(container) if not container.is_reached

_is_expected(container) if containers.is_proxy(container)

_is_expected(container) if containers.is_loose(container)
