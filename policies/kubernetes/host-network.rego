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

deny contains {"at": workload.pod, "field": "hostNetwork", "name": workloads.name(workload), "advice": workloads.removal(workload, "hostNetwork: true"), "severity": workloads.severity(workload), "minor": workloads.is_minor(workload)} if {
	some workload in input.workloads
	workload.network.hostNetwork
}
