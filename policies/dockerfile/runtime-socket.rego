# METADATA
# title: Container runtime socket in the image
# description: |
#   Anyone who can reach the socket of the container runtime can start containers with full access to the host.
# custom:
#   severity: error
#   confidence: medium
#   category: security
#   message: "`{path}` gives control over the container runtime of the host"
#   remediation: Do not put the socket into the image.
#   aliases:
#     - semgrep:dockerfile-dockerd-socket-mount
package rules.dockerfile["runtime-socket"]

deny contains {"at": instruction.at, "field": argument.field, "path": argument.value} if {
	some instruction in input.instructions
	instruction.keyword == "VOLUME"
	some argument in instruction.arguments
	_is_socket(argument.value)
}

deny contains {"at": word.at, "path": path} if {
	some command in input.commands
	command.program in {"docker", "podman", "nerdctl"}
	command.instruction
	some word in command.words
	path := split(word.text, ":")[0]
	_is_socket(path)
}

_is_socket(path) if {
	some ending in ["/docker.sock", "/containerd.sock", "/podman.sock", "/crio.sock"]
	endswith(path, ending)
}
