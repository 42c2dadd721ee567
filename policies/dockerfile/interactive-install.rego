# METADATA
# title: Install that waits for an answer
# description: |
#   Nobody is there to answer yes: the build stops at the question, or fails.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program} {action}` asks before it goes on, and nobody answers"
#   remediation: "Add the flag that says yes: `-y` for apt-get, yum and dnf, `--non-interactive` for zypper."
#   aliases:
#     - hadolint:DL3014
#     - trivy:DS-0021
#     - kics:apt_get_missing_flags_to_avoid_manual_input
#     - kics:apt_get_missing_yes_flag_to_avoid_manual_input
#     - kics:apt_get_without_yes_flag
#     - semgrep:missing-assume-yes-switch
#     - hadolint:DL3030
#     - kics:yum_install_allows_manual_input
#     - semgrep:missing-yum-assume-yes-switch
#     - hadolint:DL3038
#     - kics:missing_flag_from_dnf_install
#     - semgrep:missing-dnf-assume-yes-switch
#     - hadolint:DL3034
#     - kics:missing_zypper_non_interactive_switch
#     - dockerfilelint:apt-get_missing_param
package rules.dockerfile["interactive-install"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": replace(command.action, "group-", "group "), "aliases": stages.aliases(command, _aliases_of(command))} if {
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

# Of groups only hadolint speaks.
_aliases_of(command) := _aliases[command.manager] if command.action != "group-install"

_aliases_of(command) := [alias | some alias in _aliases[command.manager]; startswith(alias, "hadolint:")] if command.action == "group-install"

_aliases := {
	"apt-get": ["hadolint:DL3014", "trivy:DS-0021", "kics:apt_get_missing_flags_to_avoid_manual_input", "kics:apt_get_missing_yes_flag_to_avoid_manual_input", "kics:apt_get_without_yes_flag", "semgrep:missing-assume-yes-switch", "dockerfilelint:apt-get_missing_param"],
	"apt": [],
	"yum": ["hadolint:DL3030", "kics:yum_install_allows_manual_input", "semgrep:missing-yum-assume-yes-switch"],
	"dnf": ["hadolint:DL3038", "kics:missing_flag_from_dnf_install", "semgrep:missing-dnf-assume-yes-switch"],
	"microdnf": ["hadolint:DL3038"],
	"zypper": ["hadolint:DL3034", "kics:missing_zypper_non_interactive_switch"],
}
