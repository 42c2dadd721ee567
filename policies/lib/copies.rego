# Shared questions about what COPY and ADD take from the build context.
package lib.copies

# What a stage copies that the final one is not built on stays behind.
is_in_image(copy) if {
	some stage in input.index.stages_by_lineage[copy.stage]
	stage.is_final
}

# Whether it is a line of `docker history`, which names what was copied by its hash: `ADD file:8b88… in /`.
is_from_history(instruction) if {
	some kind in ["file:", "dir:", "multi:"]
	startswith(instruction.sources[0], kind)
	some source in instruction.sources
	source == "in"
}
