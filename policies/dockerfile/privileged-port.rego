# METADATA
# title: Privileged port for an unprivileged user
# description: |
#   Except with Docker's own defaults, only root may listen below port 1024: on some runtimes and clusters the program fails to start.
# custom:
#   severity: info
#   confidence: medium
#   category: reliability
#   message: "`{user}` cannot listen on port {port} on every container runtime"
#   remediation: Listen on a port above 1023, and map it where the container is run.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["privileged-port"]

deny contains {"at": instruction.at, "field": port.field, "port": port.port, "user": stage.user} if {
	some stage in input.stages
	stage.is_final
	stage.user_is_known
	not stage.is_root
	not stage.is_windows
	some instruction in input.index.instructions_by_stage[stage.at]
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.is_known
	port.port < 1024
	port.port > 0
}
