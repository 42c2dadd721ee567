# METADATA
# title: Invalid port
# description: |
#   A port is a number from 0 to 65535; the builder refuses anything else.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{port}` is not a valid port"
#   remediation: Write a number from 0 to 65535.
#   aliases:
#     - hadolint:DL3011
#     - trivy:DS-0008
#     - checkov:CKV_DOCKER_1
#     - kics:unix_ports_out_of_range
#     - semgrep:invalid-port
#     - dockerfilelint:invalid_port
#     - dockerfile-utils:INVALID_PORT
package rules.dockerfile["invalid-port"]

deny contains {"at": instruction.at, "field": port.field, "port": port.text} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.is_known
	_is_wrong(port)
}

_is_wrong(port) if port.port > 65535

# What names a port of the host is another fault.
_is_wrong(port) if {
	not port.is_number
	not contains(port.text, ":")
}
