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
#   across_files: true
#   message: "`{program} {action}` without an install in the same `RUN` {effect}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Join it with the install in one `RUN`: `apt-get update && apt-get install -y …`. With apk, write `apk add --no-cache` instead. If no later command reads the lists, or each install fetches them
#     itself, remove the update. With pacman, write `pacman -Syu` with the packages behind it.
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

deny contains {"at": command.at, "program": command.program, "action": "update", "effect": _effect(command), "advice": _advice(command), "severity": _severity(command), "leaves_lists": _leaves_lists(command), "is_relied_on": _is_relied_on(command), "related": _installs(command)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.manager in {"apt-get", "apt", "apk", "aptitude", "yum", "dnf", "zypper"}
	command.action == "update"
	not packages.uses_lists(command)
	not packages.may_use_lists(command)
	not _is_piped(command)
	not _leaves_none(command)
}

# `apt-get update | apt-get upgrade` reads the lists, or would: the pipe is what is wrong.
_is_piped(command) if {
	some program in command.pipes_to
	program == command.program
}

_stale := "leaves stale package lists in the cache"

_effect(command) := _stale if _relies_on_lists(command)

_effect(command) := "is useless: every later install fetches the lists itself" if {
	not _relies_on_lists(command)
	_is_repeated(command)
}

_effect(command) := "is useless: nothing in this file reads the package lists" if {
	not _relies_on_lists(command)
	not _is_repeated(command)
}

_advice(command) := sprintf("Join it with the install in one `RUN`: `%s update && …`.", [command.program]) if {
	_relies_on_lists(command)
	command.manager != "apk"
}

_advice(command) := "Remove it, and write `apk add --no-cache`, which fetches the lists itself and leaves none." if {
	_relies_on_lists(command)
	command.manager == "apk"
}

_advice(command) := "Remove it." if {
	not _relies_on_lists(command)
	_is_needless(command)
}

_advice(command) := sprintf("Remove it, or install in the same `RUN`, behind `%s update &&`.", [command.program]) if {
	not _relies_on_lists(command)
	not _is_needless(command)
}

_is_needless(command) if _is_repeated(command)

_is_needless(command) if packages.drops_lists(command)

_severity(command) := "warning" if _relies_on_lists(command)

_severity(command) := "info" if not _relies_on_lists(command)

# The first install behind it that reads its lists.
_installs(command) := [{"at": found[0].at, "field": "program", "message": "this install reads its lists"}] if {
	_relies_on_lists(command)
	found := [other |
		some other in _later(command)
		other.action in {"install", "reinstall", "source"}
		not packages.updates_beside(other)
		not _fetches_itself(other)
	]
	count(found) > 0
} else := []

# A later install, wherever its lists come from.
_is_repeated(command) if {
	some other in _later(command)
	other.action in {"install", "reinstall", "source"}
}

# What the stage and those that build on it call of the manager behind the `RUN`.
_later(command) := [other |
	some stage in input.index.stages_by_lineage[command.stage]
	some other in input.index.commands_by_stage[stage.at]
	_share_lists(other.manager, command.manager)
	_number(other) > _number(command)
]

_share_lists(one, other) if one == other

_share_lists(one, other) if {
	one != other
	one in {"apt-get", "apt", "aptitude"}
	other in {"apt-get", "apt", "aptitude"}
}

# A cache mount keeps the lists for the builds that follow.
_leaves_none(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some flag in instruction.flags
	flag.name == "mount"
	contains(flag.value, "type=cache")
	some folder in ["/var/lib/apt", "/var/cache/apk", "/var/cache/dnf", "/var/cache/yum", "/var/cache/libdnf5", "/var/cache/zypp"]
	contains(flag.value, folder)
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
deny contains {"at": command.at, "program": command.program, "action": "-Sy", "effect": _stale, "advice": "Write `pacman -Syu` with the packages behind it, in one `RUN`."} if {
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
	_share_lists(other.manager, command.manager)
	other.action in {"install", "reinstall", "source"}
}

_relies_on_lists(command) if {
	some other in _later(command)
	other.action in {"install", "reinstall", "source"}
	not packages.updates_beside(other)
	not _fetches_itself(other)
}

# `apk add --no-cache` reads the lists from the repository, and dnf and yum renew theirs when they are old.
_fetches_itself(other) if other.flags["--no-cache"]

_fetches_itself(other) if other.flags["-U"]

_fetches_itself(other) if other.flags["--update-cache"]

_fetches_itself(other) if other.flags["--update"]

_fetches_itself(other) if other.manager in {"yum", "dnf", "zypper"}

_number(command) := input.index.instructions_by_at[command.instruction][0].number

_leaves_lists(command) if {
	command.manager in {"apt-get", "apt", "aptitude"}
	packages.reaches_image(command)
	not packages.drops_lists(command)
} else := false
