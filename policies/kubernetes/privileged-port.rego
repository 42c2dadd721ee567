# METADATA
# title: Privileged port
# description: |
#   Ports below 1024 need root or a capability, unless the node opens them to every user.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` listens on port {port}"
#   remediation: Listen on a port above 1023; a Service can still offer the low one.
#   aliases:
#     - kube-linter:privileged-ports
#     - trivy:KSV-0117
#     - kube-linter:template/privileged-ports
#   default: off
package rules.kubernetes["privileged-port"]

import data.lib.containers

deny contains {"at": port.at, "field": "containerPort", "name": containers.name(container), "port": port.containerPort} if {
	some container in input.containers
	container.kind == "kubernetes"
	some port in container.ports
	is_number(port.containerPort)
	port.containerPort > 0
	port.containerPort < 1024
}
