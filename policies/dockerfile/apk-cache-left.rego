# METADATA
# title: apk index left in the layer
# description: |
#   Without `--no-cache` apk writes its index into the layer.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   once: true
#   message: "`apk {verb}` leaves its package index in the layer"
#   remediation: "Add `--no-cache`{rest}."
#   how_to_fix: >-
#     Add `--no-cache` to each `apk add` and `apk upgrade`. Remove `apk update` from the same `RUN`: with `--no-cache`, each install fetches the index
#     itself.
#   aliases:
#     - when: {action: install}
#       ids:
#         - hadolint:DL3019
#         - trivy:DS-0025
#         - kics:apk_add_using_local_cache_path
#         - semgrep:missing-apk-no-cache
#         - dockle:DKL-DI-0004
#         - dockerfilelint:apkadd-missing_nocache_or_updaterm
#   implied_by: [dockerfile/system-upgrade]
package rules.dockerfile["apk-cache-left"]

import data.lib.packages

deny contains {"at": command.at, "verb": command.args[0], "action": command.action, "rest": _rest(command)} if {
	some command in input.commands
	command.instruction
	packages.reaches_image(command)
	command.manager == "apk"
	_writes_index(command)
	not command.flags["--no-cache"]
	not command.flags["--no-network"]
	not _is_said(command)
	not packages.removes(command, "/var/cache/apk")
	not packages.is_mounted(command, "/var/cache/apk")
	not packages.is_mounted(command, "/etc/apk/cache")
}

_writes_index(command) if command.action == "install"

_writes_index(command) if {
	command.action in {"update", "upgrade"}
	packages.uses_lists(command)
}

# An install that writes it too says so.
_is_said(command) if {
	command.action in {"update", "upgrade"}
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == "apk"
	other.action == "install"
	not other.flags["--no-cache"]
}

# `apk update --no-cache` leaves no index, and the install behind it would fetch it again.
_rest(command) := " to the installs of this `RUN`, and remove `apk update`" if command.action == "update"

_rest(command) := ", and remove `apk update`" if {
	command.action != "update"
	_updates_beside(command)
}

_rest(command) := "" if {
	command.action != "update"
	not _updates_beside(command)
}

# Another index is written by `apk update`, in the same `RUN` or in one before it.
_updates_beside(command) if {
	some other in input.index.commands_by_stage[command.stage]
	other.manager == "apk"
	other.action == "update"
}
