# METADATA
# title: Host port
# description: |
#   A `hostPort` binds the pod to one place a node: a second replica needs a second node, the port
#   bypasses Services and network policies, and it collides with whatever else wants it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` binds port {port} of its node"
#   remediation: Remove `hostPort` and use a Service.
#   aliases:
#     - polaris:hostPortSet
#     - trivy:KSV-0024
#     - checkov:CKV_K8S_26
#     - kics:workload-host-port-not-specified
#     - pss:baseline/host-ports
package rules.kubernetes["host-port"]

import data.lib.containers

deny contains {"at": port.at, "field": "hostPort", "name": containers.name(container), "port": port.hostPort} if {
	some container in input.containers
	container.kind == "kubernetes"
	not _is_on_host_network(container)
	some port in container.ports
	port.hostPort != 0
}

# There each port of the container is one of the node already.
_is_on_host_network(container) if {
	some workload in input.index.workloads_by_at[container.workload]
	workload.network.hostNetwork
}
