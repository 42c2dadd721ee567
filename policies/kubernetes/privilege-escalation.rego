# METADATA
# title: Process may gain privileges
# description: |
#   Unless `allowPrivilegeEscalation` is false, a set-uid program in the image can give a process
#   more rights than it was started with. It is true by default, so it has to be said.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` may gain privileges"
#   remediation: "Set `securityContext.allowPrivilegeEscalation: false`."
#   aliases:
#     - kube-linter:privilege-escalation-container
#     - polaris:privilegeEscalationAllowed
#     - kubesec:AllowPrivilegeEscalation
#     - trivy:KSV-0001
#     - checkov:CKV_K8S_20
#     - kics:privilege-escalation-allowed
#     - kics:resource-with-allow-privilege-escalation
#     - pss:restricted/privilege-escalation
#     - kube-linter:template/privilege-escalation-container
package rules.kubernetes["privilege-escalation"]

import data.lib.containers

deny contains {
	"at": container.at, "field": "securityContext.allowPrivilegeEscalation",
	"name": containers.name(container), "aliases": _aliases(container),
} if {
	some container in input.containers
	containers.is_linux(container)
	not containers.is_set(container, "allowPrivilegeEscalation", false)
	not containers.is_unknown(container, "allowPrivilegeEscalation")
}

_missing := [
	"trivy:KSV-0001", "checkov:CKV_K8S_20", "polaris:privilegeEscalationAllowed",
	"kics:privilege-escalation-allowed", "pss:restricted/privilege-escalation",
]

_explicit := [
	"kube-linter:privilege-escalation-container", "kube-linter:template/privilege-escalation-container",
	"kubesec:AllowPrivilegeEscalation", "kics:resource-with-allow-privilege-escalation",
]

_aliases(container) := array.concat(_missing, _explicit) if {
	containers.is_set(container, "allowPrivilegeEscalation", true)
} else := _missing
