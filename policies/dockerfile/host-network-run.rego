# METADATA
# title: RUN on the host network
# description: |
#   The command reaches what listens on the build machine, and the result depends on it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#run---network
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`RUN --network=host` can reach services that listen on the build machine"
#   remediation: Omit the flag; `--network=none` disables the network.
package rules.dockerfile["host-network-run"]

deny contains {"at": instruction.at, "field": "flags.network"} if {
	some instruction in input.instructions
	instruction.keyword == "RUN"
	some flag in instruction.flags
	flag.name == "network"
	flag.value == "host"
}
