# METADATA
# title: Unconfined container
# description: |
#   Neither seccomp, AppArmor, SELinux nor dropped capabilities take anything from the container.
#   The rules for each say more; this one asks whether there is any.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` has no seccomp profile, AppArmor, SELinux or dropped capability"
#   remediation: "Begin with `seccompProfile.type: RuntimeDefault` and `capabilities.drop: [ALL]`."
#   aliases:
#     - formerly:kubernetes/unhardened-container
#     - polaris:linuxHardening
#   default: off
#   profiles: [pedantic]
#   family: kubernetes/unhardened-container
package rules.kubernetes["unconfined-container"]

import data.lib.containers

deny contains {"at": container.at, "field": "securityContext", "name": containers.name(container)} if {
	some container in input.containers
	containers.is_confinable(container)
	containers.is_whole(container)
	container.capabilities.is_known
	count(container.capabilities.drop) == 0
	count(container.unknown) == 0
	not _has_profile(container, "seccompProfile")
	not _has_profile(container, "appArmorProfile")
	not _has_labels(container)
}

_has_profile(container, key) if container.security[key].value.type in {"RuntimeDefault", "Localhost"}

_has_labels(container) if {
	some key in ["level", "role", "type", "user"]
	container.security.seLinuxOptions.value[key]
}
