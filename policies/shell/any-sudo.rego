# METADATA
# title: sudo anywhere in a build
# description: |
#   For those who want no `sudo` in a Dockerfile at all: also where the user that runs it is not known, where it gives up root for one command
#   (`sudo -u`), and in scripts that ask first who runs them. What is surely not needed is `shell/sudo`.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   default: off
#   implied_by: [shell/sudo]
#   message: "`RUN` uses `sudo`, though `USER` chooses who runs it"
#   remediation: Switch with `USER` above this `RUN`, and back below it.
#   aliases:
#     - hadolint:DL3004
#     - trivy:DS-0010
#     - checkov:CKV2_DOCKER_1
#     - kics:run_using_sudo
#     - semgrep:no-sudo-in-dockerfile
#     - dockle:DKL-DI-0001
#     - dockerfilelint:sudo_usage
package rules.shell["any-sudo"]

# One habit is one finding: the first `sudo` of the script.
deny contains {"at": wrapper.at} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	command.instruction
	some wrapper in command.wrapped_by
	wrapper.name == "sudo"
	wrapper.is_first
}
