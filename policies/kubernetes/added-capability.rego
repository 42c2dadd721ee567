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
#   message: "container `{name}` adds the capability `{capability}`"
#   remediation: Remove it, or say in a comment what needs it.
#   aliases:
#     - trivy:KSV-0022
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_25
#     - kics:containers-with-added-capabilities
#     - pss:baseline/capabilities
#     - polaris:insecureCapabilities
#     - when: {capability: NET_RAW}
#       ids: [kube-linter:drop-net-raw-capability, trivy:KSV-0119]
package rules.kubernetes["added-capability"]

import data.lib.containers

deny contains {"at": added.at, "name": containers.name(container), "capability": added.name} if {
	some container in input.containers
	container.kind == "kubernetes"
	not containers.is_privileged(container)
	some added in container.capabilities.add
	not added.name in _usual
	not added.name in _dangerous
}

# What Docker and containerd give by themselves.
_usual := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}

# These have a rule of their own.
_dangerous := {
	"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_PTRACE", "SYS_RAWIO", "SYS_BOOT", "NET_ADMIN", "BPF",
	"DAC_READ_SEARCH", "PERFMON", "SYSLOG", "MAC_ADMIN",
}
