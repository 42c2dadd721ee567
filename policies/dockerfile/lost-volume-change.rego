# METADATA
# title: Change below a VOLUME
# description: |
#   The classic builder drops what a step changes below a declared volume, and BuildKit keeps it: the image depends on who builds it.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#notes-about-specifying-volumes
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{path}` is below a `VOLUME`: builders other than BuildKit discard this change"
#   remediation: Declare the `VOLUME` after the last change to it.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["lost-volume-change"]

import data.lib.stages

deny contains {"at": command.at, "path": path, "related": [{"at": volume.at, "message": "the volume"}]} if {
	some volume in input.instructions
	volume.keyword == "VOLUME"
	stages.is_small(volume.stage)
	some argument in volume.arguments
	argument.is_known
	path := trim_right(argument.value, "/")
	startswith(path, "/")
	some command in input.index.commands_by_stage[volume.stage]
	command.source in {"run", "heredoc"}
	some instruction in input.index.instructions_by_at[command.instruction]
	instruction.number > volume.number
	some target in _changed(command)
	_is_below(target, path)
}

_changed(command) := command.args if command.program in {"mkdir", "chown", "chmod", "touch", "tee", "install", "rm"}

_changed(command) := [redirect.target | some redirect in command.redirects; startswith(redirect.operator, ">")] if {
	not command.program in {"mkdir", "chown", "chmod", "touch", "tee", "install", "rm"}
}

_is_below(target, path) if trim_right(target, "/") == path

_is_below(target, path) if startswith(target, concat("", [path, "/"]))
