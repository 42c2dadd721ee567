# METADATA
# title: Resource request above its limit
# description: |
#   The API server refuses an object whose container asks for more than it may have.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "container `{name}` requests {request} of {resource}, above its limit of {limit}"
#   remediation: Raise the limit, or lower the request.
#   of_values: true
package rules.kubernetes["request-above-limit"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", ["resources.requests", resource]), "name": containers.name(container),
	"resource": resource, "request": request, "limit": limit,
} if {
	some container in input.containers
	container.kind == "kubernetes"
	some resource, request in container.resources.requests
	limit := container.resources.limits[resource]
	container.resources.amounts[concat(".", ["requests", resource])] > container.resources.amounts[concat(".", ["limits", resource])]
}
