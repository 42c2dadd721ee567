# METADATA
# title: Dangerous Linux capability
# description: |
#   Some capabilities are equivalent to root on the node: with SYS_ADMIN a process mounts the disks of the node, with SYS_MODULE it loads code into the
#   kernel, with SYS_PTRACE it reads the memory of other processes.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` adds {capabilities}{danger}"
#   remediation: "Remove {capabilities}, unless the program cannot work without it; then suppress this finding and say why."
#   how_to_fix: >-
#     Remove the capability from `securityContext.capabilities.add`. If the program cannot work without it, suppress the finding with the reason: `#
#     hullmark: ignore[kubernetes/dangerous-capability] -- why`.
#   aliases:
#     - {id: polaris:dangerousCapabilities, when: adds_system}
#     - polaris:insecureCapabilities
#     - trivy:KSV-0022
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_25
#     - when: adds_admin
#       ids: [checkov:CKV_K8S_39, trivy:KSV-0005]
#     - {id: trivy:KSV-0120, when: adds_module}
#     - {ids: [trivy:KSV-0119, kube-linter:drop-net-raw-capability], when: adds_raw}
#     - {id: kubesec:CapSysAdmin, when: adds_admin}
#     - kics:containers-with-added-capabilities
#     - {id: kics:containers-with-sys-admin-capabilities, when: adds_admin}
#     - pss:baseline/capabilities
#     - when: adds_admin
#       ids: [kube-linter:privilege-escalation-container, kube-linter:template/privilege-escalation-container]
#   explained: true
#   of_values: true
package rules.kubernetes["dangerous-capability"]

import data.lib.containers
import data.lib.workloads

deny contains {
	"at": added[0].at, "name": containers.name(container), "capabilities": workloads.list([one.name | some one in added]),
	"danger": _danger(added), "adds_system": _adds(added, {"ALL", "NET_ADMIN", "SYS_ADMIN"}), "adds_admin": _adds(added, {"SYS_ADMIN"}),
	"adds_module": _adds(added, {"SYS_MODULE"}), "adds_raw": _adds(container.capabilities.add, {"NET_RAW"}), "severity": workloads.severity(container), "minor": _is_minor(container, added),
	"related": [{"at": other.at, "message": "and this one"} | some other in array.slice(added, 1, count(added))],
} if {
	some container in input.containers
	container.adds_capabilities
	not containers.is_privileged(container)
	added := [one | some one in container.capabilities.add; containers.is_dangerous(one.name)]
	count(added) > 0
}

_adds(added, names) if {
	_has(added, names)
} else := false

_has(added, names) if {
	some one in added
	one.name in names
}

# What the worst of them allows.
_danger(added) := concat("", [", which ", _dangers[added[0].name]]) if count(added) == 1

_danger(added) := concat("", [": `", worst, "` ", _dangers[worst]]) if {
	count(added) > 1
	worst := [name | some name in _order; name in {one.name | some one in added}][0]
}

_order := [
	"ALL", "SYS_ADMIN", "SYS_MODULE", "SYS_RAWIO", "SYS_PTRACE", "BPF", "DAC_READ_SEARCH", "NET_ADMIN", "MAC_ADMIN", "PERFMON", "SYS_BOOT",
	"SYSLOG",
]

_dangers := {
	"ALL": "is every right of the kernel",
	"SYS_ADMIN": "allows `mount` and is close to full root",
	"SYS_MODULE": "can load code into the kernel",
	"SYS_PTRACE": "can read and change the memory of other processes",
	"SYS_RAWIO": "can write to devices and physical memory",
	"SYS_BOOT": "can restart the node",
	"NET_ADMIN": "can change interfaces, routes and firewall rules",
	"BPF": "can load programs into the kernel",
	"DAC_READ_SEARCH": "can read every file that is in reach",
	"PERFMON": "can trace every process on the node",
	"SYSLOG": "can read the kernel's log and addresses",
	"MAC_ADMIN": "can switch off mandatory access control",
}

_is_minor(container, added) if {
	_is_expected(container, added)
} else := false

_is_expected(container, _) if container.is_known_agent

# A tunnel is made of interfaces and routes.
_is_expected(container, added) if {
	every one in added {
		one.name == "NET_ADMIN"
	}
	containers.is_vpn(container)
}
