# METADATA
# title: Exposed SSH port
# description: |
#   An image that accepts SSH logins needs keys, users and a daemon that have to be maintained, monitored and patched.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`EXPOSE` declares port 22 (SSH)"
#   remediation: Use `docker exec` or `kubectl exec` instead of an SSH server.
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
