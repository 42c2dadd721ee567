# METADATA
# title: Command without effect in a build
# description: |
#   A build has no terminal, no init system and no mounts of its own: this command has no effect there, or fails.
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`{program}` has no use in a build"
#   remediation: Remove it.
#   aliases:
#     - hadolint:DL3001
#     - kics:run_utilities_and_posix_commands
#     - semgrep:nonsensical-command
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["useless-command"]

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	command.source == "run"
	command.program in {"free", "kill", "mount", "ps", "service", "shutdown", "ssh", "top", "vim", "ifconfig"}
}
