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
#   remediation: "Remove `privileged: true`, and add the capability or device that is needed."
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
package rules.kubernetes["privileged-container"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext.privileged", "name": containers.name(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	containers.is_set(container, "privileged", true)
}
