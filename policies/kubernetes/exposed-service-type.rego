# METADATA
# title: Exposed Service type
# description: |
#   A Service of the type `NodePort` opens a port on every node, and one of the type `LoadBalancer` gets an address that, with most providers, the whole internet
#   reaches. What only the cluster uses needs neither.
#
#   Off by default: it is how programs are published.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#publishing-services-service-types
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "Service `{name}` is of the type `{type}`"
#   remediation: "Use `ClusterIP`, and an Ingress or a Gateway for what is meant to be public."
#   default: off
#   aliases:
#     - {ids: [kube-linter:exposed-services, kube-linter:template/forbidden-service-types], unless: is_internal}
#     - {ids: [kube-score:service-type, kics:service-type-is-nodeport], when: {type: NodePort}}
#     - {id: kics:service-with-external-load-balancer, when: {type: LoadBalancer}, unless: is_internal}
package rules.kubernetes["exposed-service-type"]

import data.lib.workloads

deny contains {"at": service.at, "field": "spec.type", "name": workloads.name(service), "type": service.body.spec.type, "is_internal": _is_internal(service)} if {
	some service in input.specifications
	service.kind == "Service"
	service.body.spec.type in {"NodePort", "LoadBalancer"}
}

# Providers have an annotation for addresses that only their own network reaches.
_is_internal(service) if {
	_surely_is_internal(service)
} else := false

_surely_is_internal(service) if {
	some key, value in service.annotations
	contains(key, "load-balancer")
	_says_internal(key, value)
}

_says_internal(key, value) if {
	contains(key, "internal")
	value != "false"
}

_says_internal(_, value) if lower(value) in {"internal", "private"}
