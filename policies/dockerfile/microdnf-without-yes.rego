# METADATA
# title: microdnf without -y
# description: |
#   The microdnf of UBI 8 and 9 never asks. That of Fedora is dnf5 under another name, which does, so the same line fails there.
# related_resources:
#   - https://fedoraproject.org/wiki/Changes/MajorUpgradeOfMicrodnf
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   default: off
#   message: "`microdnf {action}` has no `-y`, which dnf5 needs under that name"
#   remediation: Add `-y`.
#   aliases:
#     - hadolint:DL3038
package rules.dockerfile["microdnf-without-yes"]

deny contains {"at": command.at, "field": "program", "action": command.args[0]} if {
	some command in input.commands
	command.manager == "microdnf"
	command.action in {"install", "group-install", "upgrade", "reinstall"}
	command.instruction
	command.source in {"run", "heredoc"}
	not _says_yes(command)
}

_says_yes(command) if {
	some flag in ["-y", "--assumeyes", "--assume-yes"]
	command.flags[flag]
}
