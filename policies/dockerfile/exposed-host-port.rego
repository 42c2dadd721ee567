# METADATA
# title: EXPOSE with a host address or port
# description: |
#   `EXPOSE` declares ports of the container. Which port of the host maps to them is decided when the container is started.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/expose-invalid-format/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{port}` contains more than a container port"
#   remediation: Write the container port only.
#   aliases:
#     - buildkit:ExposeInvalidFormat
#     - dockerfilelint:expose_host_port
package rules.dockerfile["exposed-host-port"]

deny contains {"at": instruction.at, "field": argument.field, "port": argument.text} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some argument in instruction.arguments
	argument.is_known
	contains(argument.value, ":")
}
