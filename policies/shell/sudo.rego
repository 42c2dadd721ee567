# METADATA
# title: sudo in a build
# description: |
#   A build already chooses its user with `USER`. `sudo` adds a program that can make anyone root to the image, and runs commands
#   with another environment and terminal than they seem to have.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`sudo` is not needed: `RUN` runs as the last `USER`"
#   remediation: Remove `sudo`; switch with `USER root` and back where root is needed.
#   aliases:
#     - hadolint:DL3004
#     - trivy:DS-0010
#     - checkov:CKV2_DOCKER_1
#     - kics:run_using_sudo
#     - semgrep:no-sudo-in-dockerfile
#     - dockle:DKL-DI-0001
#     - dockerfilelint:sudo_usage
package rules.shell["sudo"]

# One habit is one finding: the first `sudo` of the script.
deny contains {"at": wrapper.at} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	command.instruction
	some wrapper in command.wrapped_by
	wrapper.name == "sudo"
	wrapper.is_first
}
