# METADATA
# title: Both wget and curl
# description: |
#   Two programs for the same purpose: one of them is an unneeded package.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: both `wget` and `curl` are used
#   remediation: Use one of them.
#   aliases:
#     - hadolint:DL4001
#     - trivy:DS-0014
#     - kics:run_using_wget_and_curl
#     - semgrep:use-either-wget-or-curl
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["wget-and-curl"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.instruction
	command.program == "wget"
	_builds(command)
	some other in input.index.commands_by_stage[command.stage]
	other.program == "curl"
	_builds(other)
}

# What an image runs later may be the program that it is made for.
_builds(command) if command.source in {"run", "heredoc"}
