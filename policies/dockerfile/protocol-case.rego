# METADATA
# title: Protocol not in lower case
# description: |
#   Protocols of ports are written in lower case.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/expose-proto-casing/
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "the protocol of `{port}` is not in lower case"
#   remediation: "Write `{modern}`."
#   once: true
#   habit: true
#   aliases:
#     - buildkit:ExposeProtoCasing
package rules.dockerfile["protocol-case"]

deny contains {"at": instruction.at, "field": port.field, "about": instruction.document, "port": port.text, "modern": lower(port.text)} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.is_known
	port.protocol != lower(port.protocol)
}
