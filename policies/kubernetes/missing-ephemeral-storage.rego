# METADATA
# title: Missing ephemeral storage request or limit
# description: |
#   Logs, `emptyDir` volumes and what a container writes to its own file system fill the disk of the node. A limit evicts the pod that writes too much, not its
#   neighbours, and a request keeps it from nodes without room.
#
#   Off by default: few programs write enough to matter.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#local-ephemeral-storage
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` sets no {what} for ephemeral storage"
#   remediation: "Set `resources.requests.ephemeral-storage` and `resources.limits.ephemeral-storage`."
#   default: off
#   aliases:
#     - kube-score:container-ephemeral-storage-request-and-limit
package rules.kubernetes["missing-ephemeral-storage"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources", "name": containers.name(container), "what": what} if {
	some container in input.containers
	container.kind == "kubernetes"
	not container.is_patch
	what := _lacking(container)
}

_lacking(container) := "limit" if {
	containers.lacks_resource(container, "limits.ephemeral-storage")
} else := "request" if {
	containers.lacks_resource(container, "requests.ephemeral-storage")
}
