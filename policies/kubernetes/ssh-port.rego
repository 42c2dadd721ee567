# METADATA
# title: SSH port in a container
# description: |
#   A container that listens on port 22 offers a second door beside `kubectl exec`, with keys and a
#   daemon of its own to look after.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` exposes port 22 (SSH)"
#   remediation: Remove the SSH server; use `kubectl exec` or an ephemeral container.
#   aliases:
#     - kube-linter:ssh-port
#     - kube-linter:template/ports
package rules.kubernetes["ssh-port"]

import data.lib.containers

deny contains {"at": port.at, "field": "containerPort", "name": containers.name(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	some port in container.ports
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
}
