# METADATA
# title: Duplicate container port
# description: |
#   The API server refuses two ports of a container with the same name, and two with the same `hostPort`. It only warns of two with the same number and
#   protocol, but server-side apply, which tells ports apart by these, refuses them, and so may an update with `kubectl apply`.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` declares port {port} twice"
#   remediation: Remove one of them.
#   aliases:
#     - kube-score:container-ports-check
#   of_values: true
package rules.kubernetes["duplicate-port"]

import data.lib.containers

deny contains {"at": second.at, "field": "containerPort", "name": containers.name(container), "port": second.containerPort, "severity": _severity(second)} if {
	some container in input.containers
	container.kind == "kubernetes"
	some number in container.duplicate_ports
	second := container.ports[number]
}

deny contains {"at": second.at, "field": "name", "name": containers.name(container), "port": second.name, "severity": "error"} if {
	some container in input.containers
	container.kind == "kubernetes"
	some number in container.duplicate_port_names
	second := container.ports[number]
}

# A port of the node is bound once.
_severity(port) := "error" if {
	port.hostPort
} else := "warning"
