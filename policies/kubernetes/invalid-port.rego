# METADATA
# title: Invalid container port
# description: |
#   A port needs its number, and its name is a service name: at most 15 lower-case letters, digits
#   and dashes. The API server refuses the object.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` has {fault}"
#   remediation: Write a number from 1 to 65535, and a name of at most 15 lower-case letters, digits and dashes.
#   aliases:
#     - kube-score:container-ports-check
#     - kube-linter:invalid-target-ports
#     - kube-linter:template/target-port
#   of_values: true
package rules.kubernetes["invalid-port"]

import data.lib.containers

deny contains {"at": port.at, "field": "containerPort", "name": containers.name(container), "fault": "a port without a number"} if {
	some container in input.containers
	container.kind == "kubernetes"
	not container.fills_ports
	some number in container.ports_without_number
	port := container.ports[number]
	not _is_variable(port)
}

# An entry of `env` in the wrong list, which is told as such.
_is_variable(port) if port.value

_is_variable(port) if port.valueFrom

deny contains {"at": port.at, "field": "name", "name": containers.name(container), "fault": sprintf("the port name `%s`, which is longer than 15 letters", [port.name])} if {
	some container in input.containers
	container.kind == "kubernetes"
	some port in container.ports
	count(port.name) > 15
	not _is_variable(port)
}
