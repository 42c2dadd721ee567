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
	"at": port.at, "field": "containerPort", "port": port.containerPort, "name": containers.name(container), "exposed": shown,
	"related": [{"at": stage.at, "message": "the image is built here"}],
} if {
	some container in input.containers
	some stage in builds.stages(container)
	count(stage.exposed) > 0
	not _is_open(stage)
	exposed := {split(port, "/")[0] | some port in stage.exposed}
	shown := concat(", ", array.slice(stage.exposed, 0, 20))
	some port in container.ports
	is_number(port.containerPort)
	not format_int(port.containerPort, 10) in exposed
}

# A range or a variable may hold it.
_is_open(stage) if {
	some exposed in stage.exposed
	some sign in ["-", "$"]
	contains(exposed, sign)
}
