# METADATA
# title: Unnecessary Linux capability
# description: |
#   The restricted Pod Security Standard allows a container one added capability, NET_BIND_SERVICE.
#   This one is in the runtime's usual set, so it matters only where that standard is the aim.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` adds the capability `{capability}`"
#   remediation: Remove it, or do what needs it at build time.
#   aliases:
#     - checkov:CKV_K8S_25
#     - {id: trivy:KSV-0106, unless: {capability: NET_BIND_SERVICE}}
#     - kics:containers-with-added-capabilities
#     - {id: pss:restricted/capabilities, unless: {capability: NET_BIND_SERVICE}}
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["needless-capability"]

import data.lib.containers

deny contains {"at": added.at, "name": containers.name(container), "capability": added.name} if {
	some container in input.containers
	container.kind == "kubernetes"
	not containers.is_privileged(container)
	some added in container.capabilities.add
	added.name in _usual
}

_usual := {
	"AUDIT_WRITE", "CHOWN", "DAC_OVERRIDE", "FOWNER", "FSETID", "KILL", "MKNOD", "NET_BIND_SERVICE",
	"SETFCAP", "SETGID", "SETPCAP", "SETUID", "SYS_CHROOT",
}
