# METADATA
# title: Ingress without TLS
# description: |
#   Requests and passwords cross the network in plain text, unless what is in front of the Ingress ends TLS: a load balancer, or the controller's default certificate.
#
#   Off by default: which of these there is no manifest says.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/ingress/#tls
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "Ingress `{name}` has no `tls`"
#   remediation: "Add `spec.tls` with the hosts and the Secret of their certificate."
#   default: off
#   aliases:
#     - polaris:tlsSettingsMissing
package rules.kubernetes["missing-ingress-tls"]

import data.lib.workloads

deny contains {"at": ingress.at, "field": "spec.tls", "name": workloads.name(ingress)} if {
	some ingress in input.specifications
	ingress.kind == "Ingress"
	ingress.is_whole
	count(object.get(object.get(ingress.body, "spec", {}), "tls", [])) == 0
}
