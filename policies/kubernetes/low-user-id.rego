# METADATA
# title: Low user id
# description: |
#   User ids below 10000 are likely to belong to a user of the node, whose permissions an escaped process would have.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` runs as user {user}; a low UID may belong to a user of the node"
#   remediation: Use a `runAsUser` of 10000 or more.
#   aliases:
#     - kube-score:container-security-context-user-group-id
#     - {id: kubesec:RunAsUser, unless: sibling_has_it}
#     - trivy:KSV-0020
#     - unless: is_at_limit
#       ids: [checkov:CKV_K8S_40, kics:container-running-with-low-uid]
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["low-user-id"]

import data.lib.containers

deny contains {"at": place.at, "field": place.field, "name": containers.name(container), "user": _user(container), "is_at_limit": _is_at_limit(container), "sibling_has_it": containers.is_set_beside(container, "runAsUser")} if {
	some container in input.containers
	containers.is_linux(container)
	containers.is_whole(container)
	not container.has_user_namespace
	not _is_high(container)
	not containers.is_unknown(container, "runAsUser")
	place := containers.place(container, "runAsUser")
}

_is_high(container) if {
	is_number(container.security.runAsUser.value)
	container.security.runAsUser.value > 10000
}

_user(container) := object.get(container.security, ["runAsUser", "value"], "of the image")

_is_at_limit(container) if {
	container.security.runAsUser.value == 10000
} else := false
