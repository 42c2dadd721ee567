# METADATA
# title: Package installation prompts for confirmation
# description: |
#   Nobody is there to answer yes, so the build fails at the question. `yum`, `dnf` and `zypper` always ask; `apt-get` and `apt` ask if they need more
#   packages than were named, or must remove some. `conda`, `mamba` and `micromamba` take the end of their input for yes, so they are reported only if the
#   rule is selected by its id.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{program} {action}` {effect}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Add `-y` to `apt-get`, `apt`, `yum`, `dnf`, `conda`, `mamba` and `micromamba` commands. With zypper, put the option before the subcommand: `zypper
#     --non-interactive install`.
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
#     - {id: hadolint:DL3038, when: {manager: dnf}}
#     - {id: kics:missing_flag_from_dnf_install, when: {manager: dnf, is_in_final_stage: true}, unless: is_group}
#     - {id: semgrep:missing-dnf-assume-yes-switch, when: {manager: dnf}, unless: is_group}
#     - {id: hadolint:DL3034, when: {manager: zypper}}
#     - {id: kics:missing_zypper_non_interactive_switch, when: {manager: zypper, is_in_final_stage: true}, unless: is_group}
#     - {id: dockerfilelint:apt-get_missing_param, when: {manager: apt-get}, unless: is_group}
package rules.dockerfile["interactive-install"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": _verb(command), "effect": _effect(command), "advice": _advice(command), "severity": _severity(command), "minor": _is_minor(command), "manager": command.manager, "is_group": _is_group(command), "is_in_final_stage": stages.is_in_final(command)} if {
	some command in input.commands
	command.action in {"install", "group-install", "source-install", "upgrade", "reinstall", "remove", "patch"}
	command.instruction
	command.source in {"run", "heredoc"}
	_asks(command)
	not _says_yes(command)
	not _is_answered(command)
}

# conda and mamba ask, and take an empty answer, which the end of input is, for yes.
deny contains {"at": command.at, "field": "program", "program": command.program, "action": command.args[0], "effect": "prompts for confirmation, and goes on only because nothing can be read", "advice": "Add `-y`.", "severity": "info", "minor": true, "manager": command.program, "is_group": false, "is_in_final_stage": stages.is_in_final(command)} if {
	some command in input.commands
	command.program in {"conda", "mamba", "micromamba"}
	command.instruction
	command.source in {"run", "heredoc"}
	command.args[0] in {"install", "create", "update", "remove"}
	not _says_yes(command)
	not command.flags["--json"]
	not _is_answered(command)
	not _is_always_yes(command)
}

_is_always_yes(command) if {
	some other in input.index.commands_by_stage[command.stage]
	some word in other.words
	contains(word.text, "always_yes")
}

_is_always_yes(command) if {
	some variable in input.index.variables_by_stage[command.stage]
	variable.name in {"CONDA_ALWAYS_YES", "MAMBA_ALWAYS_YES"}
}

_asks(command) if {
	command.manager in {"apt-get", "apt", "yum", "dnf"}
	command.action in {"install", "group-install", "upgrade", "reinstall"}
}

_asks(command) if {
	command.manager == "zypper"
	command.action in {"install", "source-install", "remove", "upgrade", "patch"}
}

_says_yes(command) if {
	some flag in ["-y", "--yes", "--assume-yes", "--assumeyes", "-n", "--non-interactive", "--no-confirm", "-qq", "-s", "--simulate", "--just-print", "--dry-run", "--recon", "--no-act", "--assumeno", "--assume-no", "--print-uris"]
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

_verb(command) := replace(command.action, "group-", "group ") if startswith(command.action, "group-")

_verb(command) := command.args[0] if not startswith(command.action, "group-")

_is_apt(command) if command.manager in {"apt-get", "apt"}

_effect(command) := "asks for confirmation if it needs further packages, and the build then fails" if _is_apt(command)

_effect(command) := "prompts for confirmation, so the build fails" if not _is_apt(command)

_severity(command) := "warning" if {
	_is_apt(command)
	not _is_local(command)
}

# Files at hand ask only if they need further packages, and the build of whoever wrote this is green: it is reported to who asks for it.
_severity(command) := "info" if {
	_is_apt(command)
	_is_local(command)
}

_is_minor(command) if {
	_is_apt(command)
	_is_local(command)
} else := false

_is_local(command) if {
	count(command.packages) > 0
	every wanted in command.packages {
		_is_file(wanted.name)
	}
}

_is_file(name) if {
	contains(name, "/")
	contains(name, ".deb")
	not contains(name, "://")
}

_severity(command) := "error" if not _is_apt(command)

_advice(command) := "Write `zypper --non-interactive`." if command.manager == "zypper"

_advice(command) := "Add `-y`." if command.manager != "zypper"

# `yes | apt-get install …`, `apt-get -o APT::Get::Assume-Yes=true`, or a configuration that an earlier command writes.
_is_answered(command) if {
	some source in command.pipes_from
	source in {"yes", "echo", "printf"}
}

_is_answered(command) if {
	some word in command.words
	contains(lower(word.text), "assume-yes")
}

_is_answered(command) if {
	some other in input.index.commands_by_stage[command.stage]
	some word in other.words
	some setting in ["assume-yes", "assumeyes"]
	contains(lower(word.text), setting)
}

_is_answered(command) if {
	some redirect in command.redirects
	redirect.operator in {"<", "<<<"}
}
