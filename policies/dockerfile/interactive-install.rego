# METADATA
# title: Package installation prompts for confirmation
# description: |
#   No one is there to confirm: the build waits for an answer, or fails.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program} {action}` prompts for confirmation, so the build fails"
#   remediation: Add `-y` (apt-get, yum, dnf) or `--non-interactive` (zypper).
#   aliases:
#     - {id: hadolint:DL3014, when: {manager: apt-get}}
#     - {id: trivy:DS-0021, when: {manager: apt-get}, unless: is_group}
#     - when: {manager: apt-get, is_in_final_stage: true}
#       unless: is_group
#       ids: [kics:apt_get_missing_flags_to_avoid_manual_input, kics:apt_get_missing_yes_flag_to_avoid_manual_input, kics:apt_get_without_yes_flag]
#     - {id: semgrep:missing-assume-yes-switch, when: {manager: apt-get}, unless: is_group}
#     - {id: hadolint:DL3030, when: {manager: yum}}
#     - {id: kics:yum_install_allows_manual_input, when: {manager: yum, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:missing-yum-assume-yes-switch, when: {manager: yum}, unless: is_group}
#     - {id: hadolint:DL3038, when: {manager: [dnf, microdnf]}}
#     - {id: kics:missing_flag_from_dnf_install, when: {manager: dnf, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:missing-dnf-assume-yes-switch, when: {manager: dnf}, unless: is_group}
#     - {id: hadolint:DL3034, when: {manager: zypper}}
#     - {id: kics:missing_zypper_non_interactive_switch, when: {manager: zypper, is_in_final_stage: true}, unless: is_group}
#     - {id: dockerfilelint:apt-get_missing_param, when: {manager: apt-get}, unless: is_group}
package rules.dockerfile["interactive-install"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": replace(command.action, "group-", "group "), "manager": command.manager, "is_group": _is_group(command), "is_in_final_stage": stages.is_in_final(command)} if {
	some command in input.commands
	command.action in {"install", "group-install", "source-install", "upgrade", "reinstall", "remove", "patch"}
	command.instruction
	command.source in {"run", "heredoc"}
	_asks(command)
	not _says_yes(command)
}

_asks(command) if {
	command.manager in {"apt-get", "apt", "yum", "dnf", "microdnf"}
	command.action in {"install", "group-install", "upgrade", "reinstall"}
}

_asks(command) if {
	command.manager == "zypper"
	command.action in {"install", "source-install", "remove", "upgrade", "patch"}
}

_says_yes(command) if {
	some flag in ["-y", "--yes", "--assume-yes", "--assumeyes", "-n", "--non-interactive", "--no-confirm", "-qq"]
	command.flags[flag]
}

# Twice quiet is yes.
_says_yes(command) if {
	count([flag | some flag in command.flag_list; flag in {"-q", "--quiet"}]) > 1
}

_says_yes(command) if command.flags["-q"] == "2"

_says_yes(command) if {
	some flag in command.flag_list
	flag in {"-q=2", "-qy"}
}

_says_yes(command) if command.flags["--quiet"] == "2"

_is_group(command) if {
	command.action == "group-install"
} else := false
