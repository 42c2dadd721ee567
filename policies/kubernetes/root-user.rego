# METADATA
# title: Container runs as root
# description: |
#   The effective user, set for the container or inherited from its pod, is 0. A process that
#   escapes from such a container is root on the node, and every file that it writes to a volume
#   belongs to root. Of a privileged container `privileged-container` says more.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{subject} runs as user 0"
#   remediation: "Set `runAsUser` to a number above 0, or omit it and set `runAsNonRoot: true`."
#   aliases:
#     - trivy:KSV-0105
#     - pss:restricted/run-as-non-root-user
#     - kube-linter:run-as-non-root
#     - kube-linter:template/run-as-non-root
#     - polaris:runAsRootAllowed
#     - {id: checkov:CKV_K8S_23, unless: refuses_root}
#     - {id: kubesec:RunAsNonRoot, unless: [refuses_root, sibling_has_it]}
#     - unless: refuses_root
#       ids: [trivy:KSV-0012, kics:container-running-as-root, pss:restricted/run-as-non-root]
#   explained: true
#   implied_by: [kubernetes/root-despite-non-root]
#   habit: true
#   of_values: true
package rules.kubernetes["root-user"]

import data.lib.containers

deny contains {
	"at": user.at, "field": user.field,
	"subject": containers.subject(container, user), "refuses_root": _refuses_root(container),
	"sibling_has_it": containers.is_set_beside(container, "runAsNonRoot"),
	"severity": _severity(container), "minor": _is_minor(container),
} if {
	some container in input.containers
	containers.is_confinable(container)
	user := container.security.runAsUser
	user.value == 0
}

# To change owners is what an init container runs as root for.
_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.is_known_agent

_is_expected(container) if {
	container.role == "init"
	some command in input.index.commands_by_container[container.at]
	command.program in {"chown", "chmod", "chgrp", "sysctl", "mount", "setfacl"}
}

# What it may do of all that root can says what it is root for: to change owners, or to set up a tunnel.
_is_expected(container) if {
	containers.drops_all(container)
	some one in container.capabilities.add
	one.name in {"CHOWN", "FOWNER"}
}

_is_expected(container) if {
	containers.is_vpn(container)
	some one in container.capabilities.add
	one.name == "NET_ADMIN"
}

# With runAsNonRoot the kubelet refuses to start it, which is another fault.
_refuses_root(container) if {
	containers.is_set(container, "runAsNonRoot", true)
} else := false

# An init container that runs as root mostly changes owners of a volume, and ends before the program starts.
_severity(container) := "info" if _is_brief(container)

_severity(container) := "warning" if not _is_brief(container)

_is_brief(container) if container.is_node_agent

_is_brief(container) if {
	container.role == "init"
	not container.is_sidecar
}
