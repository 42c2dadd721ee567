# METADATA
# title: Dangerous Linux capability
# description: |
#   Some capabilities are equivalent to root on the node: with SYS_ADMIN a process mounts the disks of the node, with SYS_MODULE it loads code into the
#   kernel, with SYS_PTRACE it reads the memory of other processes.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "container `{name}` adds `{capability}`: {danger}"
#   remediation: Remove the capability, or move what needs it to a separate node agent.
#   aliases:
#     - {id: polaris:dangerousCapabilities, when: {capability: [ALL, NET_ADMIN, SYS_ADMIN]}}
#     - polaris:insecureCapabilities
#     - trivy:KSV-0022
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_25
#     - when: {capability: SYS_ADMIN}
#       ids: [checkov:CKV_K8S_39, trivy:KSV-0005]
#     - {id: trivy:KSV-0120, when: {capability: SYS_MODULE}}
#     - {id: kubesec:CapSysAdmin, when: {capability: SYS_ADMIN}}
#     - kics:containers-with-added-capabilities
#     - {id: kics:containers-with-sys-admin-capabilities, when: {capability: SYS_ADMIN}}
#     - pss:baseline/capabilities
#     - when: {capability: SYS_ADMIN}
#       ids: [kube-linter:privilege-escalation-container, kube-linter:template/privilege-escalation-container]
package rules.kubernetes["dangerous-capability"]

import data.lib.containers

_dangers := {
	"ALL": "every right of the kernel", "SYS_ADMIN": "mounting and most of what root may do",
	"SYS_MODULE": "loading code into the kernel", "SYS_PTRACE": "reading other processes",
	"SYS_RAWIO": "writing to devices and memory", "SYS_BOOT": "restarting the node",
	"NET_ADMIN": "changing the network", "BPF": "loading programs into the kernel",
	"DAC_READ_SEARCH": "reading every file of the node", "PERFMON": "watching the whole node",
	"SYSLOG": "reading the kernel's addresses", "MAC_ADMIN": "switching off mandatory access control",
}

deny contains {
	"at": added.at, "name": containers.name(container), "capability": added.name,
	"danger": _dangers[added.name],
} if {
	some container in input.containers
	container.kind == "kubernetes"
	not containers.is_privileged(container)
	some added in container.capabilities.add
	added.name in object.keys(_dangers)
}
