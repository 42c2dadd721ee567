# METADATA
# title: Sources copied before dependencies
# description: |
#   A change in any file rebuilds the layers after its `COPY`, so the dependencies are downloaded again in each build. If only the manifest is copied
#   first, they are downloaded when it changes.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   habit: true
#   message: "any changed source file makes `{program}` install the dependencies again"
#   remediation: Copy the manifest and its lock file, install, and copy the rest afterwards.
package rules.dockerfile["sources-before-install"]

import data.lib.stages

deny contains {"at": first.at, "program": _named(first), "related": [{"at": copy.at, "field": copy.field, "message": "all files are copied here"}]} if {
	some copy in input.copies
	copy.is_whole_context
	stages.is_small(copy.stage)
	copies := [other | some other in input.index.copies_by_stage[copy.stage]; other.is_whole_context]
	copies[0].at == copy.at
	first := [command |
		some command in input.index.commands_by_stage[copy.stage]
		_fetches(command)
	][0]
	some copied in input.index.instructions_by_at[copy.at]
	some run in input.index.instructions_by_at[first.instruction]
	copied.number < run.number
	not "mount" in {flag.name | some flag in run.flags}
}

# `python -m pip` is pip.
_named(command) := "pip" if command.manager == "pip"

_named(command) := command.program if object.get(command, "manager", "") != "pip"

# What a manifest lists, and not the package that is copied itself.
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
	command.program in {"bundle", "dotnet"}
	command.args[0] in {"install", "restore"}
}

_fetches(command) if {
	command.program == "go"
	array.slice(command.args, 0, 2) == ["mod", "download"]
}
