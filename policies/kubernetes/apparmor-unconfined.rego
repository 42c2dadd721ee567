# METADATA
# title: AppArmor disabled
# description: |
#   `Unconfined` removes the profile that the container runtime would apply to the container.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
#   - https://kubernetes.io/docs/concepts/security/pod-security-standards/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{subject} runs without an AppArmor profile (`Unconfined`)"
#   remediation: Use `RuntimeDefault`, or a profile of your own.
#   aliases:
#     - kubesec:ApparmorUnconfined
#     - trivy:KSV-0002
#     - pss:baseline/apparmor
#   explained: true
#   of_values: true
package rules.kubernetes["apparmor-unconfined"]

import data.lib.containers
import data.lib.workloads

deny contains {"at": profile.at, "field": containers.type_field(profile), "subject": containers.subject(container, profile), "severity": workloads.severity(container), "minor": _is_minor(container)} if {
	some container in input.containers
	containers.is_confinable(container)
	profile := container.security.appArmorProfile
	profile.value.type == "Unconfined"
}

_is_minor(container) if {
	_is_expected(container)
} else := false

_is_expected(container) if container.is_known_agent

# The default profile denies the bus of the node.
_is_expected(container) if {
	some mount in container.mounts
	contains(object.get(mount, "mountPath", ""), "run/dbus")
}
