# METADATA
# title: Container port not exposed by the image
# description: |
#   The manifest declares a port of the container that the Dockerfile of its image does not expose: one of the two numbers is probably a mistake. The
#   image is known by a build in a workflow or a Compose file, or by its name.
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "container `{name}` declares port {port}, but its image exposes {exposed}"
#   remediation: Use the port that the program listens on in both files.
#   default: off
#   profiles: [pedantic]
package rules.project["unexposed-port"]

import data.lib.builds
import data.lib.containers

deny contains {
	"at": port.at, "field": "containerPort", "port": port.containerPort, "name": containers.name(container), "exposed": concat(", ", stage.exposed),
	"related": [{"at": stage.at, "message": "the image is built here"}],
} if {
	some container in input.containers
	some stage in builds.stages(container)
	count(stage.exposed) > 0
	some port in container.ports
	is_number(port.containerPort)
	not _is_exposed(stage, format_int(port.containerPort, 10))
}

_is_exposed(stage, port) if {
	some exposed in stage.exposed
	split(exposed, "/")[0] == port
}

# A range or a variable may hold it.
_is_exposed(stage, _) if {
	some exposed in stage.exposed
	some sign in ["-", "$"]
	contains(exposed, sign)
}
