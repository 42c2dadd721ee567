# Shared questions about what COPY and ADD take from the build context.
package lib.copies

# What a stage copies that the final one is not built on stays behind.
is_in_image(copy) if {
	some stage in input.index.stages_by_lineage[copy.stage]
	stage.is_final
}
