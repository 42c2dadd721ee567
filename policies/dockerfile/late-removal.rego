# METADATA
# title: File removed in a later layer
# description: |
#   The layer that added the file keeps it: removing it later makes the image larger, not smaller.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`{path}` stays in the layer that added it; removing it here saves no space"
#   remediation: Exclude it in `.dockerignore`, mount it with `RUN --mount=type=bind`, or copy from a build stage.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["late-removal"]

import data.lib.stages

deny contains {"at": command.at, "path": word, "related": [{"at": copy.at, "message": "it is added here"}]} if {
	some command in input.commands
	command.program == "rm"
	command.source in {"run", "heredoc"}
	count(command.args) < 30
	stages.is_small(command.stage)
	some copy in input.index.instructions_by_stage[command.stage]
	copy.target != "/"
	some word in command.args
	_is_of(trim_right(word, "/*"), copy)
	some remover in input.index.instructions_by_at[command.instruction]
	copy.number < remover.number
	not _is_added_later(copy, remover)
	some stage in input.index.stages_by_lineage[command.stage]
	stage.is_final
}

# One finding for what several instructions bring to one place.
_is_added_later(copy, remover) if {
	some other in input.index.instructions_by_stage[copy.stage]
	other.target == copy.target
	other.number > copy.number
	other.number < remover.number
}

_is_of(path, copy) if path == copy.target

_is_of(path, copy) if {
	some source in copy.sources
	parts := split(trim_right(source, "/"), "/")
	path == concat("/", [copy.target, parts[count(parts) - 1]])
}
