# METADATA
# title: Docker daemon exposed without TLS
# description: |
#   A Docker daemon that listens on TCP without TLS does what everyone who reaches the port asks, and starts a container with all of the file system of its own.
#   Where it runs in a privileged container, every pod of the cluster that can connect is root on the node. The containers of a pod share its loopback interface, so
#   `127.0.0.1` is enough for them. The image `docker:dind` listens on all interfaces without TLS if `DOCKER_TLS_CERTDIR` is empty.
# related_resources:
#   - https://docs.docker.com/engine/security/protect-access/
#   - https://hub.docker.com/_/docker
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "the Docker daemon in container `{name}` listens on port {port} of all interfaces without TLS: every pod that can connect controls it"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Have the daemon listen on `tcp://127.0.0.1:2375` alone if only the pod's own containers use it; otherwise set `DOCKER_TLS_CERTDIR`, or start it with
#     `--tlsverify`.
#   explained: true
#   of_values: true
package rules.kubernetes["exposed-docker-daemon"]

import data.lib.containers

deny contains {
	"at": word.at, "name": containers.name(container), "port": port, "advice": sprintf("Write `tcp://127.0.0.1:%s` if only this pod uses it, or add `--tlsverify` with certificates", [port]),
} if {
	some command in input.commands
	command.program == "dockerd"
	some container in input.index.containers_by_at[command.container]
	not command.flags["--tlsverify"]
	some word in command.words
	address := _address(word.text)
	parts := split(address, ":")
	count(parts) == 2
	parts[0] in {"", "0.0.0.0"}
	port := parts[1]
}

_address(text) := trim_prefix(trim_prefix(text, "--host="), "tcp://") if {
	some start in ["tcp://", "--host=tcp://"]
	startswith(text, start)
}

# Its entrypoint adds the address, unless it is told the whole command.
deny contains {
	"at": variable.at, "field": "value", "name": containers.name(container), "port": "2375",
	"advice": "Write `args: [dockerd, --host=unix:///var/run/docker.sock, --host=tcp://127.0.0.1:2375]` if only this pod uses it, or remove `DOCKER_TLS_CERTDIR`, and read the certificates from `/certs`",
} if {
	some container in input.containers
	contains(container.image, "dind")
	container.kind == "kubernetes"
	not container.command
	some variable in container.env
	variable.name == "DOCKER_TLS_CERTDIR"
	variable.value == ""
	every argument in object.get(container, "args", []) {
		startswith(argument, "-")
		not startswith(argument, "--tls")
	}
}
