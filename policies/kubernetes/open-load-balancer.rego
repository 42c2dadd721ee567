# METADATA
# title: Load balancer open to every address
# description: |
#   Without `loadBalancerSourceRanges` the provider's load balancer takes connections from everywhere.
#
#   Off by default: public programs are meant to be reached.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#loadbalancer
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "Service `{name}` takes connections from every address"
#   remediation: "List the networks that may connect in `loadBalancerSourceRanges`."
#   default: off
#   aliases:
#     - kics:service-with-external-load-balancer
package rules.kubernetes["open-load-balancer"]

import data.lib.workloads

deny contains {"at": service.at, "field": "spec.loadBalancerSourceRanges", "name": workloads.name(service)} if {
	some service in input.specifications
	service.kind == "Service"
	service.is_whole
	service.body.spec.type == "LoadBalancer"
	not _is_limited(service)
}

_is_limited(service) if {
	some range in service.body.spec.loadBalancerSourceRanges
	range != "0.0.0.0/0"
}

_is_limited(service) if {
	some key, _ in service.annotations
	contains(key, "source-ranges")
}

_is_limited(service) if {
	some key, _ in service.annotations
	contains(key, "internal")
}
