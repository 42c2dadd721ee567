# METADATA
# title: sudo in a build
# description: |
#   A build already chooses its user with `USER`. `sudo` adds a program that can make anyone root to the image, and runs commands
#   with another environment and terminal than they seem to have. `sudo -u`, which gives up root for one command, is fine, and so is a
#   script that asks first who runs it.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Remove `sudo` if the `RUN` already runs as root. Otherwise write `USER root` above the `RUN`, and `USER` with the former user below it.
#   across_files: true
#   aliases:
#     - hadolint:DL3004
#     - trivy:DS-0010
#     - checkov:CKV2_DOCKER_1
#     - kics:run_using_sudo
#     - semgrep:no-sudo-in-dockerfile
#     - dockle:DKL-DI-0001
#     - dockerfilelint:sudo_usage
package rules.shell["sudo"]

import data.lib.stages

# One habit is one finding: the first `sudo` of the script.
deny contains {"at": wrapper.at, "problem": "`sudo` is not needed: this `RUN` runs as root", "advice": "Remove `sudo`.", "severity": "info"} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	command.instruction
	some wrapper in command.wrapped_by
	wrapper.name == "sudo"
	wrapper.is_first
	wrapper.user in {"root", "0", "#0"}
	_user(command) in {"root", "0"}
	not _asks(command)
}

# Root is needed, and the builder gives it without a program that stays in the image: said once for a stage.
deny contains {"at": wrapper.at, "problem": sprintf("`sudo` makes `%s` root in the build, and may do so in every container", [user]), "advice": sprintf("Write `USER root` above this `RUN`, and `USER %s` below it.", [user]), "severity": "info"} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	command.instruction
	some wrapper in command.wrapped_by
	wrapper.name == "sudo"
	wrapper.is_first
	wrapper.user in {"root", "0", "#0"}
	user := _user(command)
	not user in {"root", "0"}
	stages.is_small(command.stage)
	not _is_said(command)
	not _asks(command)
}

_user(command) := input.index.instructions_by_at[command.instruction][0].effective_user

_is_said(command) if {
	some other in input.index.commands_by_stage[command.stage]
	"sudo" in other.wrappers
	_number(other) < _number(command)
}

_number(command) := input.index.instructions_by_at[command.instruction][0].number

# `if [ "$(id -u)" -ne 0 ]; then sudo …`
_asks(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {"id", "whoami"}
}

_asks(command) if {
	some other in input.index.commands_by_script[command.script]
	some word in other.words
	some name in word.reads
	name in {"EUID", "UID", "SUDO"}
}
