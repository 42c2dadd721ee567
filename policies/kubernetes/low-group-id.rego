# METADATA
# title: Low group id
# description: |
#   Group ids below 10000 are likely to belong to a group of the node, whose permissions an escaped process would have.
# related_resources:
#   - https://kubernetes.io/docs/tasks/configure-pod-container/security-context/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "container `{name}` runs as group {group}; a low GID may belong to a group of the node"
#   remediation: Use a `runAsGroup` of 10000 or more.
#   aliases:
#     - kube-score:container-security-context-user-group-id
#     - {id: kubesec:RunAsGroup, unless: sibling_has_it}
#     - trivy:KSV-0021
#   default: off
#   profiles: [pedantic]
package rules.kubernetes["low-group-id"]

import data.lib.containers

deny contains {"at": place.at, "field": place.field, "name": containers.name(container), "group": _group(container), "sibling_has_it": containers.is_set_beside(container, "runAsGroup")} if {
	some container in input.containers
	containers.is_linux(container)
	containers.is_whole(container)
	not _is_high(container)
	not containers.is_unknown(container, "runAsGroup")
	place := containers.place(container, "runAsGroup")
}

_is_high(container) if {
	is_number(container.security.runAsGroup.value)
	container.security.runAsGroup.value > 10000
}

_group(container) := object.get(container.security, ["runAsGroup", "value"], "of the image")
