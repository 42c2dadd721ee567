# METADATA
# title: Custom SELinux options
# description: |
#   A pod that chooses its SELinux user, role or type can leave the confinement of containers: `spc_t` is not confined at all. The Pod Security Standards allow the
#   types of containers only.
#
#   Off by default: agents of the node need it, and only they set it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` sets the SELinux {what}"
#   remediation: "Remove it, or use the type `container_t`."
#   default: off
#   aliases:
#     - trivy:KSV-0025
#     - pss:baseline/selinux
package rules.kubernetes["selinux-option"]

import data.lib.containers

deny contains {"at": found.at, "field": found.field, "name": containers.name(container), "what": what} if {
	some container in input.containers
	container.kind == "kubernetes"
	found := container.security.seLinuxOptions
	some what in _custom(found.value)
}

_custom(options) := [what |
	some key in ["type", "user", "role"]
	_is_custom(key, object.get(options, key, ""))
	what := sprintf("%s `%s`", [key, options[key]])
]

_is_custom("type", value) if not value in {"", "container_t", "container_init_t", "container_kvm_t", "container_engine_t"}

_is_custom(key, value) if {
	key in {"user", "role"}
	value != ""
}
