# METADATA
# title: Duplicate container port
# description: |
#   Two ports of a container with the same number and protocol, or the same name, collide: one of
#   them is not what a Service or a probe finds.
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

deny contains {"at": second.at, "field": "containerPort", "name": containers.name(container), "port": second.containerPort} if {
	some container in input.containers
	container.kind == "kubernetes"
	some number in container.duplicate_ports
	second := container.ports[number]
}

deny contains {"at": second.at, "field": "name", "name": containers.name(container), "port": second.name} if {
	some container in input.containers
	container.kind == "kubernetes"
	some number in container.duplicate_port_names
	second := container.ports[number]
}
