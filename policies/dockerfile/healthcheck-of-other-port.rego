# METADATA
# title: Health check of an unexposed port
# description: |
#   The health check queries a port that no `EXPOSE` declares, while another one is declared: one of the two numbers is probably a mistake.
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "the health check queries port {port}, but `EXPOSE` declares {exposed}"
#   remediation: Query the port that the program listens on, and declare it with `EXPOSE`.
package rules.dockerfile["healthcheck-of-other-port"]

import data.lib.addresses

deny contains {"at": command.at, "port": port, "exposed": concat(", ", stage.exposed)} if {
	some command in input.commands
	command.source == "healthcheck"
	some word in command.args
	port := addresses.local_port(word)
	some stage in input.index.stages_by_at[command.stage]
	count(stage.exposed) > 0
	count(stage.exposed) < 50
	not _is_named(stage, port)
}

_is_named(stage, port) if {
	some exposed in stage.exposed
	split(exposed, "/")[0] == port
}

# A range or a variable may hold it.
_is_named(stage, _) if {
	some exposed in stage.exposed
	some sign in ["-", "$", "{"]
	contains(exposed, sign)
}
