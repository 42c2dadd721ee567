# METADATA
# title: Privilege escalation not disabled
# description: |
#   Unless `allowPrivilegeEscalation` is false, a setuid program in the image can give a process more privileges than it was started with. The default is
#   true, so it has to be set.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` {setting}, so a setuid binary can become root"
#   remediation: "Set `securityContext.allowPrivilegeEscalation: false`."
#   aliases:
#     - {id: kube-linter:privilege-escalation-container, when: is_explicit}
#     - polaris:privilegeEscalationAllowed
#     - {id: kubesec:AllowPrivilegeEscalation, when: is_explicit}
#     - trivy:KSV-0001
#     - checkov:CKV_K8S_20
#     - kics:privilege-escalation-allowed
#     - {id: kics:resource-with-allow-privilege-escalation, when: is_explicit}
#     - pss:restricted/privilege-escalation
#     - {id: kube-linter:template/privilege-escalation-container, when: is_explicit}
#   family: kubernetes/unhardened-container
#   part: "`allowPrivilegeEscalation: false`"
#   block: |
#     securityContext:
#       allowPrivilegeEscalation: false
#   explained: true
package rules.kubernetes["privilege-escalation"]

import data.lib.containers

deny contains {
	"at": container.at, "field": "securityContext.allowPrivilegeEscalation",
	"name": containers.name(container), "is_explicit": _is_explicit(container), "setting": _setting(container),
	"severity": _severity(container), "minor": _is_minor(container),
} if {
	some container in input.containers
	containers.is_confinable(container)
	_may_be_refused(container)
	not containers.is_set(container, "allowPrivilegeEscalation", false)
	not containers.is_unknown(container, "allowPrivilegeEscalation")
}

# What is written is a fault everywhere; what is not may be added to a part of a container.
_may_be_refused(container) if {
	containers.is_whole(container)
	not _escalates_anyway(container)
}

_may_be_refused(container) if containers.is_set(container, "allowPrivilegeEscalation", true)

# With CAP_SYS_ADMIN a process may escalate whatever the setting says, and the API server refuses to set it to false.
_escalates_anyway(container) if {
	some added in container.capabilities.add
	added.name in {"SYS_ADMIN", "ALL"}
}

_is_explicit(container) if {
	containers.is_set(container, "allowPrivilegeEscalation", true)
} else := false

_setting(container) := "sets `allowPrivilegeEscalation: true`" if {
	containers.is_set(container, "allowPrivilegeEscalation", true)
} else := "does not set `allowPrivilegeEscalation: false`"

_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.is_known_agent

# A file with a capability, such as the program that binds to port 80, needs it where the user is not root.
_is_expected(container) if {
	containers.is_set(container, "allowPrivilegeEscalation", true)
	count(container.capabilities.add) > 0
	_is_unprivileged(container)
}

_is_expected(container) if {
	containers.is_loose(container)
	not containers.is_set(container, "allowPrivilegeEscalation", true)
}

# What is written may be meant, and is worth a question; what is not is a default of Kubernetes.
_severity(container) := "warning" if containers.is_set(container, "allowPrivilegeEscalation", true)

_severity(container) := "info" if not containers.is_set(container, "allowPrivilegeEscalation", true)

_is_unprivileged(container) if container.security.runAsUser.value > 0

_is_unprivileged(container) if containers.is_set(container, "runAsNonRoot", true)
