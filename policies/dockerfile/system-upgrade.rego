# METADATA
# title: Package upgrade in the build
# description: |
#   The result depends on the day of the build, and the replaced packages of the base image stay in its layers. A newer base image has the updates
#   already.
# custom:
#   severity: info
#   confidence: high
#   default: off
#   category: reproducibility
#   message: "`{program} {action}` upgrades every package of the base image, so two builds of the same commit differ"
#   remediation: Use a newer base image, or upgrade only the packages that need it.
#   aliases:
#     - when: is_update_alone
#       ids: [trivy:DS-0017, kics:update_instruction_alone]
#     - {id: kics:run_using_upgrade_commands, when: {manager: apt-get}}
#     - {id: kics:use_of_apk_upgrade, when: {manager: apk}}
#     - {id: kics:yum_update_enabled, when: {manager: yum}}
#     - {id: kics:run_using_dnf_update, when: {manager: [dnf, microdnf]}}
#     - {id: kics:run_using_zypper_update, when: {manager: zypper}}
#     - {id: semgrep:avoid-apt-get-upgrade, when: {manager: apt-get}}
#     - {id: semgrep:avoid-apk-upgrade, when: {manager: apk}}
#     - {id: semgrep:avoid-yum-update, when: {manager: yum}}
#     - {id: semgrep:avoid-dnf-update, when: {manager: dnf}}
#     - {id: semgrep:avoid-zypper-update, when: {manager: zypper}}
#     - {id: dockerfilelint:apt-get-upgrade, when: {manager: [apt-get, apt]}}
package rules.dockerfile["system-upgrade"]

import data.lib.packages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": verb, "manager": command.manager, "is_update_alone": _stands_alone(command)} if {
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

# These call it an update of the lists.
_stands_alone(command) if {
	command.manager in {"yum", "dnf", "microdnf", "zypper"}
	command.args[0] in {"update", "up"}
	not packages.installs_beside(command)
} else := false
