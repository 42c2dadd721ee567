# METADATA
# title: All sources copied before the dependencies
# description: |
#   A change in any file makes the layers below its `COPY` anew, and the dependencies are fetched again with each build. With the manifest alone copied
#   first, they are fetched only when it changes.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "every change of a file makes `{program}` fetch the dependencies again"
#   remediation: "Copy the manifest and its lock file first, install, and then copy the rest."
package rules.dockerfile["sources-before-install"]

import data.lib.stages

deny contains {"at": command.at, "program": command.program, "related": [{"at": copy.at, "field": copy.field, "message": "all files are copied here"}]} if {
	some copy in input.copies
	copy.is_whole_context
	stages.is_small(copy.stage)
	not _is_copied_before(copy)
	some command in input.index.commands_by_stage[copy.stage]
	command.source in {"run", "heredoc"}
	_fetches(command)
	_is_below(command, copy)
	not _is_first_later(command, copy)
	not _is_spared(command, copy)
}

_is_copied_before(copy) if {
	some other in input.index.copies_by_stage[copy.stage]
	other.is_whole_context
	_number(other.at) < _number(copy.at)
}

_fetches(command) if {
	command.manager in {"npm", "yarn", "pnpm", "composer"}
	command.action in {"install", "ci"}
	count(command.packages) == 0
}

_fetches(command) if {
	command.manager == "pip"
	command.flags["-r"]
}

_fetches(command) if {
	command.program in {"go", "bundle", "dotnet"}
	command.args[0] in {"mod", "install", "restore"}
	object.get(command.args, 1, "download") == "download"
}

_number(row) := instruction.number if {
	some instruction in input.index.instructions_by_at[row]
}

_is_below(command, copy) if _number(command.instruction) > _number(copy.at)

# One finding a stage: for the first command.
_is_first_later(command, copy) if {
	some other in input.index.commands_by_stage[copy.stage]
	_fetches(other)
	_is_below(other, copy)
	[_number(other.instruction), other.pipeline] < [_number(command.instruction), command.pipeline]
}

# The dependencies came before, or a cache keeps them.
_is_spared(command, copy) if {
	some other in input.index.commands_by_stage[copy.stage]
	_fetches(other)
	not _is_below(other, copy)
}

_is_spared(command, _) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some flag in instruction.flags
	flag.name == "mount"
}
