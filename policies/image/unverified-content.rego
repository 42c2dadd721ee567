# METADATA
# title: Content trust disabled
# description: |
#   With `DOCKER_CONTENT_TRUST=1` Docker pulls only signed tags. Setting it to `0` disables that for everything that follows, whatever the machine is
#   configured to do.
# related_resources:
#   - https://docs.docker.com/engine/security/trust/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}={value}` disables signature verification for images"
#   remediation: Remove the variable, or set it to 1.
#   aliases:
#     - dockle:CIS-DI-0005
#     - cis-docker:4.5
#     - cis-docker:4.12
package rules.image["unverified-content"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "value": variable.value} if {
	some variable in input.variables
	variable.name == "DOCKER_CONTENT_TRUST"
	variable.value in {"0", "false"}
}

deny contains {"at": word.at, "name": "--disable-content-trust", "value": "true"} if {
	some command in input.commands
	command.program in {"docker", "podman"}
	some word in command.words
	word.text in {"--disable-content-trust", "--disable-content-trust=true"}
}

deny contains {"at": assignment.at, "name": assignment.name, "value": assignment.value} if {
	some command in input.commands
	some assignment in command.assignments
	assignment.name == "DOCKER_CONTENT_TRUST"
	assignment.value in {"0", "false"}
}
