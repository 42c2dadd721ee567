# METADATA
# title: Package update without install
# description: |
#   A layer with only the update is cached, so a later install uses outdated package lists.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program} {action}` without an install in the same `RUN` leaves stale package lists in the cache"
#   remediation: Install in the same `RUN`, behind `{program} {action} &&`.
#   aliases:
#     - {id: hadolint:DL3009, when: leaves_lists}
#     - unless: {program: pacman}
#       ids: [trivy:DS-0017, checkov:CKV_DOCKER_5]
#     - {id: kics:update_instruction_alone, when: [is_relied_on, {program: pacman}]}
#     - {id: dockle:CIS-DI-0007, unless: {program: pacman}}
#     - cis-docker:4.7
#     - {id: dockerfilelint:apt-get-update_require_install, unless: {program: pacman}}
package rules.dockerfile["update-alone"]

import data.lib.packages

deny contains {"at": command.at, "program": command.program, "action": "update", "leaves_lists": _leaves_lists(command), "is_relied_on": _is_relied_on(command)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.manager in {"apt-get", "apt", "apk", "aptitude", "yum", "dnf", "zypper"}
	command.action == "update"
	not packages.uses_lists(command)
	not packages.may_use_lists(command)
	not _leaves_none(command)
}

# What the same `RUN` removes again is stale for nobody.
_leaves_none(command) if {
	command.manager in {"apt-get", "apt", "aptitude"}
	packages.drops_lists(command)
	_removes_beside(command)
}

_leaves_none(command) if {
	command.manager == "apk"
	packages.removes(command, "/var/cache/apk")
	_removes_beside(command)
}

_removes_beside(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.action in {"remove", "simulate", "list", "search", "show", "policy", "info", "clean"}
	other.manager == command.manager
}

_removes_beside(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.action in {"remove", "simulate", "list", "search", "show", "policy", "clean"}
	other.manager in {"apt-get", "apt", "aptitude"}
	command.manager in {"apt-get", "apt", "aptitude"}
}

# `pacman -Syu` renews the lists and all that is installed; a later layer installs by lists that may be old.
deny contains {"at": command.at, "program": command.program, "action": "-Sy"} if {
	some command in input.commands
	command.program == "pacman"
	command.instruction
	command.source in {"run", "heredoc"}
	command.flags["-y"]
	command.args == []
	some other in input.index.commands_by_stage[command.stage]
	other.program == "pacman"
	other.flags["-S"]
	not other.flags["-y"]
	count(other.args) > 0
	other.instruction != command.instruction
}

# Whether an install before it, or in a later `RUN`, relies on the lists.
_is_relied_on(command) if {
	_relies_on_lists(command)
} else := false

_relies_on_lists(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == command.manager
	other.action in {"install", "reinstall", "source"}
}

_relies_on_lists(command) if {
	some other in input.index.commands_by_stage[command.stage]
	other.manager == command.manager
	other.action in {"install", "reinstall", "source"}
	_number(other) > _number(command)
	not packages.updates_beside(other)
}

_number(command) := input.index.instructions_by_at[command.instruction][0].number

_leaves_lists(command) if {
	command.manager in {"apt-get", "apt", "aptitude"}
	packages.reaches_image(command)
	not packages.drops_lists(command)
} else := false
