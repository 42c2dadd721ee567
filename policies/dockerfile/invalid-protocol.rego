# METADATA
# title: Invalid EXPOSE protocol
# description: |
#   A port is one of `tcp`, `udp` or `sctp`.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#expose
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{port}` has an unknown protocol"
#   remediation: Write `tcp`, `udp` or `sctp`.
#   aliases:
#     - dockerfile-utils:INVALID_PROTO
package rules.dockerfile["invalid-protocol"]

deny contains {"at": instruction.at, "field": port.field, "port": port.text} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.is_known
	not lower(port.protocol) in {"tcp", "udp", "sctp", ""}
}
