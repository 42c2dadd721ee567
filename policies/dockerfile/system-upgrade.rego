# METADATA
# title: All packages upgraded in the build
# description: |
#   The result depends on the day of the build, and what the base image had is in the image twice. Fresh packages are what a newer
#   base image is for.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`{program} {action}` upgrades whatever the base image holds"
#   remediation: "Name a newer base image, or upgrade the packages that need it by name."
#   aliases:
#     - trivy:DS-0017
#     - kics:update_instruction_alone
#     - kics:run_using_upgrade_commands
#     - kics:use_of_apk_upgrade
#     - kics:yum_update_enabled
#     - kics:run_using_dnf_update
#     - kics:run_using_zypper_update
#     - semgrep:avoid-apt-get-upgrade
#     - semgrep:avoid-apk-upgrade
#     - semgrep:avoid-yum-update
#     - semgrep:avoid-dnf-update
#     - semgrep:avoid-zypper-update
#     - dockerfilelint:apt-get-upgrade
package rules.dockerfile["system-upgrade"]

import data.lib.packages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": verb, "aliases": _aliases(command)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.manager in {"apt-get", "apt", "aptitude", "apk", "yum", "dnf", "microdnf", "zypper"}
	command.action == "upgrade"
	count(command.packages) == 0
	verb := command.args[0]
	not verb in {"dist-upgrade", "full-upgrade", "dup"}
	not _is_about_one_matter(command)
}

# Only what repairs a fault, or what lists name by itself.
_is_about_one_matter(command) if {
	some flag in ["--security", "--advisory", "--cve", "--bugfix"]
	command.flags[flag]
}

_aliases(command) := array.concat(["trivy:DS-0017", "kics:update_instruction_alone"], _named[command.manager]) if _stands_alone(command)

_aliases(command) := _named[command.manager] if not _stands_alone(command)

# These call it an update of the lists.
_stands_alone(command) if {
	command.manager in {"yum", "dnf", "microdnf", "zypper"}
	command.args[0] in {"update", "up"}
	not packages.installs_beside(command)
}

_named := {
	"apt-get": ["kics:run_using_upgrade_commands", "semgrep:avoid-apt-get-upgrade", "dockerfilelint:apt-get-upgrade"],
	"apt": ["dockerfilelint:apt-get-upgrade"],
	"aptitude": [],
	"apk": ["kics:use_of_apk_upgrade", "semgrep:avoid-apk-upgrade"],
	"yum": ["kics:yum_update_enabled", "semgrep:avoid-yum-update"],
	"dnf": ["kics:run_using_dnf_update", "semgrep:avoid-dnf-update"],
	"microdnf": ["kics:run_using_dnf_update"],
	"zypper": ["kics:run_using_zypper_update", "semgrep:avoid-zypper-update"],
}
