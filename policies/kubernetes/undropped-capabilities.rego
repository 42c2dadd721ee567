# METADATA
# title: Capabilities not dropped
# description: |
#   A container starts with a dozen capabilities, among them changing the owner of files and using raw sockets. Few programs use one. Dropping all of them
#   costs nothing and takes away what many container escapes begin with.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` keeps capabilities that the runtime gives by default, such as `CHOWN` and `SETUID`"
#   remediation: "Set `securityContext.capabilities.drop: [ALL]`, and add back what is needed."
#   aliases:
#     - {id: polaris:insecureCapabilities, unless: drops_defaults}
#     - kubesec:CapDropAll
#     - trivy:KSV-0003
#     - trivy:KSV-0106
#     - checkov:CKV_K8S_37
#     - kics:not-limited-capabilities-for-container
#     - pss:restricted/capabilities
#     - {id: kubesec:CapDropAny, when: drops_none, unless: sibling_has_it}
#     - when: drops_none
#       ids: [trivy:KSV-0004, kics:no-drop-capabilities-for-containers]
#     - when: names_capabilities
#       unless: drops_net_raw
#       ids: [kube-linter:drop-net-raw-capability, kube-linter:template/verify-container-capabilities]
#     - unless: drops_net_raw
#       ids: [checkov:CKV_K8S_28, kics:net-raw-capabilities-not-being-dropped]
#   family: kubernetes/unhardened-container
#   part: "`capabilities.drop: [ALL]`"
#   block: |
#     securityContext:
#       capabilities:
#         drop: [ALL] # add back what the program needs
package rules.kubernetes["undropped-capabilities"]

import data.lib.containers

deny contains {
	"at": container.at, "field": "securityContext.capabilities.drop", "name": containers.name(container),
	"drops_defaults": _drops_defaults(container), "drops_none": _drops_none(container),
	"drops_net_raw": _drops_net_raw(container), "names_capabilities": _names_capabilities(container),
	"sibling_has_it": containers.is_set_beside(container, "capabilities.drop"),
	"minor": containers.is_tried(container),
} if {
	some container in input.containers
	containers.is_confinable(container)
	containers.is_whole(container)
	container.capabilities.is_known
	not containers.drops_all(container)
}

# Dropping what a runtime gives by itself, one by one, comes to the same until the runtime gives another.
_defaults := {
	"CHOWN", "DAC_OVERRIDE", "FSETID", "FOWNER", "MKNOD", "NET_RAW", "SETGID", "SETUID", "SETFCAP", "SETPCAP",
	"NET_BIND_SERVICE", "SYS_CHROOT", "KILL", "AUDIT_WRITE",
}

_drops_defaults(container) if {
	count(container.capabilities.drop) >= count(_defaults)
	count(_defaults - {name | some name in container.capabilities.drop}) == 0
} else := false

_drops_none(container) if {
	count(container.capabilities.drop) == 0
} else := false

_drops_net_raw(container) if {
	"NET_RAW" in container.capabilities.drop
} else := false

_names_capabilities(container) if {
	count(container.capabilities.drop) + count(container.capabilities.add) > 0
} else := false
