# METADATA
# title: External IP of a Service
# description: |
#   Nobody checks whether the addresses in `externalIPs` are the cluster's: who may create Services can draw the traffic of other pods for any address to their own
#   (CVE-2020-8554).
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/#external-ips
#   - https://nvd.nist.gov/vuln/detail/CVE-2020-8554
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "Service `{name}` takes over the traffic for {addresses}"
#   remediation: "Use the type `LoadBalancer`, or an Ingress or a Gateway."
#   default: off
#   aliases:
#     - trivy:KSV-0108
package rules.kubernetes["external-address"]

import data.lib.workloads

deny contains {"at": service.at, "field": "spec.externalIPs", "name": workloads.name(service), "addresses": workloads.list(service.body.spec.externalIPs)} if {
	some service in input.specifications
	service.kind == "Service"
	count(service.body.spec.externalIPs) > 0
}
