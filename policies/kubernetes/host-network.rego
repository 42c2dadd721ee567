# METADATA
# title: Host network namespace
# description: |
#   The pod is not isolated from the network of the node. It sees and binds the interfaces of the node, reaches services that listen on localhost, and
#   network policies do not apply to it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` shares the network namespace of its node: it can bind its ports and reach what listens on localhost"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Remove `hostNetwork: true`, also from a node agent that works without it. If the pod needs it, say why in a comment above the field.
#   aliases:
#     - kube-linter:host-network
#     - polaris:hostNetworkSet
#     - kubesec:HostNetwork
#     - trivy:KSV-0009
#     - checkov:CKV_K8S_19
#     - kics:shared-host-network-namespace
#     - pss:baseline/host-namespaces
#     - kube-linter:template/host-network
#   explained: true
#   of_values: true
package rules.kubernetes["host-network"]

import data.lib.workloads

deny contains {"at": workload.pod, "field": "hostNetwork", "name": workloads.name(workload), "advice": workloads.removal(workload, "hostNetwork: true"), "severity": workloads.severity(workload), "minor": _is_minor(workload)} if {
	some workload in input.workloads
	workload.network.hostNetwork
}

_is_minor(workload) if {
	_is_expected(workload)
} else := false

_is_expected(workload) if workloads.is_minor(workload)

# Programs that find devices by broadcasts in the network of the node, which no pod network passes on, and what installs the network of pods itself.
_is_expected(workload) if {
	some at in workload.containers
	some container in input.index.containers_by_at[at]
	some word in [
		"home-assistant", "homeassistant", "matter-server", "homebridge", "avahi", "mdns-", "-mdns", "otbr", "openthread", "scrypted", "airsonos", "shairport",
		"tigera/operator", "cilium/operator", "kube-vip", "keepalived",
	]
	contains(object.get(container, "image", ""), word)
}
