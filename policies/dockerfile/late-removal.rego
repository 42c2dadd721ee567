# METADATA
# title: File removed in a later layer than it was added in
# description: |
#   The layer that added the file keeps it: removing it later makes the image larger, not smaller.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "the layer that added `{path}` keeps it: removing it here saves nothing"
#   remediation: "Leave it out in `.dockerignore`, mount it with `RUN --mount=type=bind`, or copy from a build stage."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["late-removal"]

deny contains {"at": command.at, "path": word, "related": [{"at": copy.at, "message": "it is added here"}]} if {
	some command in input.commands
	command.program == "rm"
	command.source in {"run", "heredoc"}
	some copy in input.index.instructions_by_stage[command.stage]
	copy.target != "/"
	some word in command.args
	_is_of(trim_right(word, "/*"), copy)
	some stage in input.index.stages_by_lineage[command.stage]
	stage.is_final
}

_is_of(path, copy) if path == copy.target

_is_of(path, copy) if {
	some source in copy.sources
	parts := split(trim_right(source, "/"), "/")
	path == concat("/", [copy.target, parts[count(parts) - 1]])
}
