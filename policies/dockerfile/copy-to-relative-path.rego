# METADATA
# title: Relative COPY destination without WORKDIR
# description: |
#   Without `WORKDIR` a relative destination depends on the working directory of the base image.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "destination `{destination}` is relative, but no `WORKDIR` is set above it"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write an absolute destination: without `WORKDIR` the copy goes below `/`, so `conf/` becomes `/conf/`. If the stage sets the intended `WORKDIR`
#     further down, move it above the `COPY` instead.
#   aliases:
#     - hadolint:DL3045
#   implied_by: [dockerfile/syntax-error]
#   once: true
package rules.dockerfile["copy-to-relative-path"]

deny contains {"at": instruction.at, "field": last.field, "destination": instruction.destination, "advice": _advice(instruction)} if {
	some instruction in input.instructions
	instruction.keyword == "COPY"
	not instruction.workdir_set
	count(instruction.arguments) > 0
	last := instruction.arguments[count(instruction.arguments) - 1]
	not _is_absolute(instruction.destination)
	not _is_on_nothing(instruction)
	not instruction.list_fault
	not _is_said(instruction)
	_begins_at_root(instruction)
}

# Of other images nobody knows here what they set.
_begins_at_root(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.starting_workdir == "/"
}

_begins_at_root(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	not stage.has_base
}

_advice(instruction) := sprintf("Move `WORKDIR %s`, which is below it, above it.", [_later(instruction)[0].workdir]) if {
	_is_misplaced(instruction)
}

_advice(instruction) := sprintf("Write the absolute path: `/%s`.", [trim_prefix(trim_prefix(instruction.destination, "."), "/")]) if {
	not _is_misplaced(instruction)
}

# What follows at once is the folder that was meant; behind other steps, files are looked for where they are now.
_is_misplaced(instruction) if {
	later := _later(instruction)
	count(later) > 0
	later[0].workdir != "/"
	count([other | some other in input.index.instructions_by_stage[instruction.stage]; other.keyword == "RUN"; other.number < later[0].number]) == 0
}

_later(instruction) := [other |
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword == "WORKDIR"
	other.is_absolute
	other.number > instruction.number
]

# One `WORKDIR` is missing, however much is copied.
_is_said(instruction) if {
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword == "COPY"
	other.number < instruction.number
	not _is_absolute(other.destination)
}

# `scratch` says nothing: the path is relative to `/`.
_is_on_nothing(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_scratch
}

_is_absolute(path) if startswith(path, "/")

_is_absolute(path) if startswith(path, "$")

_is_absolute(path) if startswith(path, "\\")

_is_absolute(path) if substring(path, 1, 1) == ":"
