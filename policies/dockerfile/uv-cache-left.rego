# METADATA
# title: uv cache left in the layer
# description: |
#   uv keeps every wheel that it fetched or built in its cache, and the layer keeps that for ever.
# related_resources:
#   - https://docs.astral.sh/uv/guides/integration/docker/#caching
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   message: "`uv {verb}` leaves its cache in the layer"
#   remediation: "Add `--no-cache`, set `UV_NO_CACHE=1`, or mount a cache: `RUN --mount=type=cache,target=/root/.cache/uv`."
package rules.dockerfile["uv-cache-left"]

import data.lib.packages

deny contains {"at": command.at, "field": "program", "verb": _verb(command)} if {
	some command in input.commands
	command.manager == "uv"
	command.instruction
	packages.reaches_image(command)
	command.action in {"install", "sync", "build", "wheel"}
	not _is_off(command)
	not packages.cleans(command, {"uv"})
	not packages.removes(command, "/.cache")
	not packages.is_mounted(command, "cache")
	not _is_switched_off(command)
}

_verb(command) := concat(" ", array.slice(command.args, 0, 2)) if command.args[0] in {"pip", "tool"}

_verb(command) := command.args[0] if not command.args[0] in {"pip", "tool"}

_is_off(command) if {
	some flag in ["--no-cache", "-n", "--no-cache-dir", "--cache-dir"]
	command.flags[flag]
}

_is_switched_off(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some at in stage.lineage
	some variable in input.index.variables_by_stage[at]
	_is_setting(variable)
}

_is_switched_off(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	some assignment in other.assignments
	_is_setting(assignment)
}

_is_setting(variable) if {
	variable.name == "UV_NO_CACHE"
	not lower(object.get(variable, "value", "1")) in {"", "0", "false", "no", "off"}
}

# The cache is somewhere else.
_is_setting(variable) if variable.name == "UV_CACHE_DIR"
