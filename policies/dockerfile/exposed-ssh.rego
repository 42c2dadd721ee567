# METADATA
# title: Exposed SSH port
# description: |
#   An image that accepts SSH logins needs keys, users and a daemon that have to be maintained, monitored and patched. An image whose work is SSH (a git
#   host, a bastion, `sshd` as its command) is not reported.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`EXPOSE` declares port 22 (SSH)"
#   remediation: Use `docker exec` or `kubectl exec` instead of an SSH server.
#   aliases:
#     - trivy:DS-0004
#     - checkov:CKV_DOCKER_1
#     - kics:exposing_port_22
package rules.dockerfile["exposed-ssh"]

deny contains {"at": instruction.at, "field": port.field} if {
	some instruction in input.instructions
	instruction.keyword == "EXPOSE"
	some port in instruction.ports
	port.port == 22
	lower(port.protocol) == "tcp"
	not _is_service(instruction)
}

# An image whose work is SSH: a git host, a file server, the server itself.
_is_service(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	some name in ["ssh", "git", "gitea", "forgejo", "gogs", "sftp", "bastion", "jumphost", "devcontainer", "gerrit", "rsync", "borg", "ansible", "saltstack", "gitolite"]
	some folder in _near(stage.path)
	contains(lower(folder), name)
}

# The file and the two folders that hold it.
_near(path) := array.slice(parts, max([0, count(parts) - 3]), count(parts)) if parts := split(path, "/")

_is_service(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	some name in ["ssh", "gitlab", "gitea", "forgejo", "gerrit"]
	contains(lower(stage.base), name)
}

# Its settings or the programs it installs are those of a git forge or of a file server.
_is_service(instruction) if {
	some variable in input.index.variables_by_stage[instruction.stage]
	some start in ["GITLAB_", "GITEA_", "GOGS_", "FORGEJO_", "GERRIT_", "SFTP_", "SSHD_"]
	startswith(variable.name, start)
}

_is_service(instruction) if {
	some variable in input.index.variables_by_stage[instruction.stage]
	variable.value in {"git", "gitea", "gogs", "forgejo", "gitlab"}
}

_is_service(instruction) if {
	some user in input.index.instructions_by_stage[instruction.stage]
	user.user in {"git", "gitea", "gogs", "forgejo"}
}

_is_service(instruction) if {
	some command in input.index.commands_by_stage[instruction.stage]
	command.program in {"gitlab-ctl", "gitea", "gogs", "forgejo", "gitolite", "gitlab-shell"}
}

_is_service(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	some at in array.concat(stage.cmds, stage.entrypoints)
	some starter in input.index.instructions_by_at[at]
	contains(starter.text, "sshd")
}
