# METADATA
# title: Exposed debugger port
# description: |
#   Anyone who can reach a debugger or an administration port can run code in the container.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "port {port} is the port of {what}"
#   remediation: Publish it only where the image is run for development.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["exposed-debug-port"]

deny contains {"at": instruction.at, "field": port.field, "port": port.port, "what": _ports[format_int(port.port, 10)]} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.is_known
	_ports[format_int(port.port, 10)]
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_final
}

_ports := {
	"2375": "the Docker API", "2376": "the Docker API", "4848": "GlassFish's administration", "5005": "Java's debugger", "5678": "Python's debugger",
	"9229": "Node's debugger", "9990": "WildFly's administration", "10250": "the kubelet", "2345": "Delve, Go's debugger", "40000": "Delve, Go's debugger",
	"9003": "Xdebug", "1099": "Java's RMI registry", "9010": "JMX", "50070": "Hadoop's administration",
}
