# METADATA
# title: Request below the limit
# description: |
#   A container whose requests equal its limits gets what it asks for and is evicted last (quality of service `Guaranteed`); one that may use more than it requested is
#   throttled or killed when the node is full.
#
#   Off by default: for CPU most clusters want the opposite.
# related_resources:
#   - https://kubernetes.io/docs/concepts/workloads/pods/pod-qos/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` requests {request} of `{resource}` and may use {limit}"
#   remediation: "Set `requests.{resource}` and `limits.{resource}` to the same value."
#   default: off
#   aliases:
#     - {ids: [kube-score:container-cpu-requests-equal-limits, kics:container-cpu-requests-not-equal-to-its-limits], when: {resource: cpu}}
#     - {ids: [kube-score:container-memory-requests-equal-limits, kics:container-memory-requests-not-equal-to-its-limits], when: {resource: memory}}
#     - {ids: [kube-score:container-resource-requests-equal-limits, kics:container-requests-not-equal-to-its-limits], unless: {resource: ephemeral-storage}}
#     - {id: kube-score:container-ephemeral-storage-request-equals-limit, when: {resource: ephemeral-storage}}
package rules.kubernetes["request-below-limit"]

import data.lib.containers

deny contains {
	"at": container.at, "field": concat(".", ["resources.requests", resource]), "name": containers.name(container), "resource": resource,
	"request": _said(container.resources.requests, resource), "limit": _said(container.resources.limits, resource),
} if {
	some container in input.containers
	container.kind == "kubernetes"
	container.resources.is_known
	not container.is_patch
	some resource in ["cpu", "memory", "ephemeral-storage"]
	_differs(container, resource)
}

_differs(container, resource) if {
	requested := container.resources.amounts[concat(".", ["requests", resource])]
	requested != container.resources.amounts[concat(".", ["limits", resource])]
}

# Of what is limited but not requested, the limit is requested.
_differs(container, resource) if {
	container.resources.requests[resource]
	not container.resources.limits[resource]
	not concat(".", ["limits", resource]) in container.resources.set
}

_said(amounts, resource) := sprintf("`%s`", [amounts[resource]]) if {
	amounts[resource]
} else := "any amount"
