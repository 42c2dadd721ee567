# METADATA
# title: Added Linux capability
# description: |
#   The capabilities that a container runtime grants by default are already more than most programs use. Every additional one widens what an attacker in
#   the container can do.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` adds {capabilities}, which the baseline Pod Security Standard does not allow"
#   remediation: "Remove it, or suppress this with the reason: `# hullmark: ignore[kubernetes/added-capability] -- why`."
#   aliases:
#     - trivy:KSV-0022
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_25
#     - kics:containers-with-added-capabilities
#     - pss:baseline/capabilities
#     - polaris:insecureCapabilities
#     - when: adds_raw
#       ids: [kube-linter:drop-net-raw-capability, trivy:KSV-0119]
#   explained: true
#   of_values: true
package rules.kubernetes["added-capability"]

import data.lib.containers
import data.lib.workloads

deny contains {
	"at": added[0].at, "name": containers.name(container), "capabilities": workloads.list([one.name | some one in added]), "adds_raw": _adds_raw(added), "severity": workloads.severity(container), "minor": _is_minor(container, added),
	"related": [{"at": other.at, "message": "and this one"} | some other in array.slice(added, 1, count(added))],
} if {
	some container in input.containers
	container.adds_capabilities
	not containers.is_privileged(container)
	added := [one | some one in container.capabilities.add; not one.name in _usual]
	count(added) > 0

	# `dangerous-capability` speaks of the container then.
	every one in added {
		not containers.is_dangerous(one.name)
	}
}

_adds_raw(added) if {
	_has_raw(added)
} else := false

_has_raw(added) if {
	some one in added
	one.name == "NET_RAW"
}

# What Docker and containerd give by themselves.
_usual := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

# Docker and containerd give NET_RAW as well; beside `drop: [ALL]` it is less than a container gets that says nothing.
_is_minor(container, added) if {
	_is_expected(container, added)
} else := false

_is_expected(container, _) if container.is_known_agent

_is_expected(container, added) if {
	containers.drops_all(container)
	every one in added {
		one.name == "NET_RAW"
	}
}

# Databases of secrets and search engines keep their memory out of the swap, and do not start if they may not.
_is_expected(container, added) if {
	every one in added {
		one.name == "IPC_LOCK"
	}
	_locks_memory(container)
}

_locks_memory(container) if {
	some word in ["vault", "openbao", "elasticsearch", "opensearch"]
	contains(lower(object.get(container, "image", "")), word)
}

_locks_memory(container) if {
	some command in input.index.commands_by_container[container.at]
	command.program in {"vault", "bao", "elasticsearch"}
}
