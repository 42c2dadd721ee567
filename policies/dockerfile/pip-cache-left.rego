# METADATA
# title: pip cache left in the layer
# description: |
#   pip keeps every wheel that it downloaded or built, and the layer keeps that cache.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   message: "`pip install` leaves its cache in the layer"
#   remediation: Add `--no-cache-dir`, set `PIP_NO_CACHE_DIR=1`, or mount a cache.
#   aliases:
#     - hadolint:DL3042
#     - kics:pip_install_keeping_cached_packages
#     - semgrep:missing-pip-no-cache-dir
#   once: true
package rules.dockerfile["pip-cache-left"]

import data.lib.packages

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.instruction
	packages.reaches_image(command)
	command.manager == "pip"
	command.action == "install"
	not command.flags["--no-cache-dir"]
	not command.flags["--no-index"]
	not packages.removes(command, "/.cache")
	not packages.cleans(command, {"pip"})
	not packages.is_mounted(command, "/.cache")
	not _is_switched_off(command)
}

# Nothing is downloaded: what is installed lies in the image, and nothing that it depends on is asked for.
_is_switched_off(command) if {
	command.flags["--no-deps"]
	count(command.packages) > 0
	every wanted in command.packages {
		_is_local(wanted.name)
	}
}

# What is found in a folder of the image is not downloaded either.
_is_switched_off(command) if {
	command.flags["--no-deps"]
	some flag in ["--find-links", "-f"]
	_is_local(command.flags[flag])
}

_is_local(name) if {
	some part in ["/", "."]
	startswith(name, part)
	not contains(name, "://")
}

_is_local(name) if {
	endswith(name, ".whl")
	not contains(name, "://")
}

# What an image that nobody sees here sets is not known.
_is_switched_off(command) if {
	some stage in input.index.stages_by_at[command.stage]
	stage.has_base
	not stage.starting_image
}

# `sentry` sets it.
_is_switched_off(command) if {
	some stage in input.index.stages_by_at[command.stage]
	startswith(stage.starting_image, "sentry:")
}

# ENV and ARG of the stage, or of one that it builds on.
_is_switched_off(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some at in stage.lineage
	some variable in input.index.variables_by_stage[at]
	variable.name == "PIP_NO_CACHE_DIR"
	_is_on(variable)
}

_is_switched_off(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	some assignment in other.assignments
	assignment.name == "PIP_NO_CACHE_DIR"
	_is_on(assignment)
}

# `pip config set global.no-cache-dir true`, before it in the stage.
_is_switched_off(command) if {
	some other in input.index.commands_by_stage[command.stage]
	other.manager == "pip"
	other.args[0] == "config"
	some word in other.args
	endswith(word, ".no-cache-dir")
}

# pip reads it as it reads a flag that is given: any value switches the cache off, `0`, `off` and `false` too.
_is_on(setting) if object.get(setting, "value", "1") != ""
