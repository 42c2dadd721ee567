# METADATA
# title: Privileged container
# description: |
#   A privileged container has every capability and access to every device of the node: an attacker who takes it over controls the node and every other
#   pod on it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` is privileged: it has every capability and every device of the node"
#   remediation: "{advice}."
#   aliases:
#     - kube-linter:privileged-container
#     - kube-score:container-security-context-privileged
#     - polaris:runAsPrivileged
#     - kubesec:Privileged
#     - trivy:KSV-0017
#     - checkov:CKV_K8S_16
#     - kics:container-is-privileged
#     - pss:baseline/privileged-containers
#     - kube-linter:template/privileged
#   explained: true
#   of_values: true
package rules.kubernetes["privileged-container"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": container.at, "field": "securityContext.privileged", "name": containers.name(container), "advice": _advice(container), "severity": workloads.severity(container), "minor": container.is_known_agent} if {
	some container in input.containers
	container.kind == "kubernetes"
	containers.is_set(container, "privileged", true)
}

_advice(container) := "Remove `privileged: true`, and add the capability or device that is needed; if it needs all of them, say why in a comment above" if not container.is_node_agent

# Drivers of storage and network mount and change what belongs to the node.
_advice(container) := "Check whether capabilities are enough; if the agent needs all of them, say why in a comment above" if container.is_node_agent
