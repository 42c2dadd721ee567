# Questions about the stages that rows stand in.
package lib.stages

# Whether the row stands in the last stage.
is_in_final(row) if {
	_is_in_final(row)
} else := false

_is_in_final(row) if {
	some stage in input.index.stages_by_at[row.stage]
	stage.is_final
}

# Whether the stage is of a size that people write. A rule that compares the rows of a stage with each other asks first, for the time that this takes.
is_small(at) if {
	object.get(input.sizes.instructions_by_stage, at, 0) < 150
	object.get(input.sizes.commands_by_stage, at, 0) < 500
	object.get(input.sizes.variables_by_stage, at, 0) < 300
}
