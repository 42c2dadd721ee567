# METADATA
# title: Port 22 is exposed
# description: |
#   An image that is made to be logged in to is hard to keep, to watch and to trust.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "port 22 is exposed: the image is made to be logged in to"
#   remediation: "Use `docker exec` or `kubectl exec`, and leave ssh out."
#   aliases:
#     - trivy:DS-0004
#     - checkov:CKV_DOCKER_1
#     - kics:exposing_port_22
package rules.dockerfile["exposed-ssh"]

deny contains {"at": instruction.at, "field": port.field} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.port == 22
	lower(port.protocol) == "tcp"
}
