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
#   message: "container `{name}` binds {ports} of its node"
#   remediation: "Remove `hostPort`, and use a Service: `NodePort` or `LoadBalancer` for what comes from outside the cluster."
#   aliases:
#     - polaris:hostPortSet
#     - trivy:KSV-0024
#     - checkov:CKV_K8S_26
#     - kics:workload-host-port-not-specified
#     - pss:baseline/host-ports
#   explained: true
#   of_values: true
package rules.kubernetes["host-port"]

import data.lib.containers
import data.lib.workloads

deny contains {
	"at": bound[0].at, "field": "hostPort", "name": containers.name(container), "ports": _ports(bound), "severity": workloads.severity(container), "minor": _is_minor(container),
	"related": [{"at": other.at, "field": "hostPort", "message": "and this one"} | some other in array.slice(bound, 1, count(bound))],
} if {
	some container in input.containers
	container.binds_host_port
	bound := [port | some port in container.ports; port.hostPort != 0]
	count(bound) > 0
	not _is_on_host_network(container)
}

_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.is_node_agent

# What takes the requests from outside the cluster listens on the ports of the node, and so does what devices of the network report to.
_is_expected(container) if {
	some word in ["ingress", "traefik", "envoy", "haproxy", "contour", "kong", "caddy", "unifi"]
	contains(object.get(container, "image", ""), word)
}

_ports(bound) := sprintf("port %v", [bound[0].hostPort]) if count(bound) == 1

_ports(bound) := sprintf("ports %s", [concat(", ", [sprintf("%v", [port.hostPort]) | some port in bound])]) if count(bound) > 1

# There each port of the container is one of the node already.
_is_on_host_network(container) if {
	some workload in input.index.workloads_by_at[container.workload]
	workload.network.hostNetwork
}
