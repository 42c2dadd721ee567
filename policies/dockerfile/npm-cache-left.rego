# METADATA
# title: npm cache left in the layer
# description: |
#   npm stores a copy of each downloaded package in `~/.npm`, and the layer keeps it.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`{program} {action}` leaves its cache in the layer"
#   remediation: Add `npm cache clean --force` to the same `RUN`, or `--mount=type=cache,target=/root/.npm`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["npm-cache-left"]

import data.lib.packages
import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "action": command.action} if {
	some command in input.commands
	command.manager == "npm"
	command.action in {"install", "ci"}
	stages.is_small(command.stage)
	packages.reaches_image(command)
	not _is_cleaned(command)
	not _is_moved(command)
}

_is_cleaned(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.manager == "npm"
	other.args[0] == "cache"
	other.pipeline > command.pipeline
}

_is_cleaned(command) if packages.removes(command, ".npm")

_is_cleaned(command) if packages.is_mounted(command, "npm")

# The cache is somewhere else.
_is_moved(command) if command.flags["--cache"]

_is_moved(command) if {
	some variable in input.index.variables_by_stage[command.stage]
	lower(variable.name) == "npm_config_cache"
}
