# METADATA
# title: SSH port in a container
# description: |
#   A container that listens on port 22 offers a second way in beside `kubectl exec`, with keys and a daemon of its own to maintain.
# related_resources:
#   - https://kubernetes.io/docs/concepts/services-networking/service/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "container `{name}` exposes port 22 (SSH)"
#   remediation: "Remove the SSH server, and use `kubectl exec` or an ephemeral container; if users log in here over SSH, suppress this with the reason: `# hullmark: ignore[kubernetes/ssh-port] -- why`."
#   how_to_fix: >-
#     Remove the SSH server, and use `kubectl exec` or an ephemeral container. If the pod is there for users to log in over SSH, suppress the finding
#     with the reason.
#   habit: true
#   explained: true
#   aliases:
#     - kube-linter:ssh-port
#     - kube-linter:template/ports
package rules.kubernetes["ssh-port"]

import data.lib.containers

deny contains {"at": port.at, "field": "containerPort", "name": containers.name(container)} if {
	some container in input.containers
	container.kind == "kubernetes"
	not _serves_ssh(container)
	some port in container.ports
	port.containerPort == 22
	object.get(port, "protocol", "TCP") == "TCP"
}

# Git servers, jump hosts and SFTP servers are there for this port.
_serves_ssh(container) if {
	some name in [object.get(container, "image_name", ""), object.get(container, "repository", ""), containers.name(container)]
	some word in [
		"git", "gerrit", "gogs", "forgejo", "forge", "ssh", "sftp", "scp", "bastion", "jumphost", "jump-host", "jumpbox",
		"teleport", "soft-serve", "rsync", "phabricator", "bitbucket", "gitolite", "borg", "mercurial", "svn",
	]
	contains(lower(name), word)
}
