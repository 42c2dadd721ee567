# METADATA
# title: Request left to the limit
# description: |
#   A container that sets a limit and no request requests as much as its limit. The scheduler then keeps all of it free, though most programs need their limit
#   rarely: fewer pods fit on a node than its author may have meant.
#
#   Off by default: with equal requests and limits a pod is evicted last, which may be meant.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/manage-resources-containers/#requests-and-limits
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "container `{name}` requests all of its limit of {limit} for {resource}, because it sets no request"
#   remediation: "Set `resources.requests.{resource}` to what the program needs."
#   default: off
#   aliases:
#     - kube-score:container-resources
package rules.kubernetes["implicit-request"]

import data.lib.containers

deny contains {"at": container.at, "field": "resources.limits", "name": containers.name(container), "resource": resource, "limit": sprintf("`%s`", [container.resources.limits[resource]])} if {
	some container in input.containers
	container.kind == "kubernetes"
	not container.is_patch
	some resource in ["cpu", "memory"]
	containers.lacks_resource(container, concat(".", ["requests", resource]))
	container.resources.limits[resource]
}
