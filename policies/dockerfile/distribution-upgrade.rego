# METADATA
# title: Distribution upgraded in the build
# description: |
#   It renews every package of the base image, each day to another state, and takes away what stands in its way; zypper goes to
#   another release. The base image is the place for it.
# custom:
#   severity: warning
#   confidence: high
#   category: reproducibility
#   message: "`{program} {action}` renews every package of the base image, and may remove some"
#   remediation: "Name a newer base image."
#   aliases:
#     - trivy:DS-0024
#     - kics:run_using_upgrade_commands
#     - kics:run_using_zypper_update
#     - semgrep:avoid-apt-get-upgrade
#     - dockle:DKL-DI-0003
#     - dockerfilelint:apt-get-dist-upgrade
#     - hadolint:DL3035
package rules.dockerfile["distribution-upgrade"]

deny contains {"at": word.at, "program": command.program, "action": word.text, "aliases": _aliases[command.manager]} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some word in command.words
	word.text in {"dist-upgrade", "full-upgrade", "dup"}
	_aliases[command.manager]
}

_aliases := {
	"apt-get": ["trivy:DS-0024", "kics:run_using_upgrade_commands", "semgrep:avoid-apt-get-upgrade", "dockle:DKL-DI-0003", "dockerfilelint:apt-get-dist-upgrade"],
	"apt": ["dockle:DKL-DI-0003"],
	"zypper": ["hadolint:DL3035", "kics:run_using_zypper_update"],
}
