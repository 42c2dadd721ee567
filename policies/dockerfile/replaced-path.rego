# METADATA
# title: PATH overwritten
# description: |
#   Without the folders of the base image none of its programs is found any more, not even `sh`.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`PATH` loses the folders of the base image"
#   remediation: "Write `PATH=/folder:$PATH`."
package rules.dockerfile["replaced-path"]

deny contains {"at": instruction.at, "field": pair.field} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	some pair in instruction.pairs
	pair.name == "PATH"
	pair.is_known
	not contains(instruction.text, "$PATH")
	not contains(instruction.text, "${PATH")
	folders := split(pair.value, ":")
	not "/bin" in folders
	not "/usr/bin" in folders
	some stage in input.index.stages_by_at[instruction.stage]
	not stage.is_windows
	not _is_on_nothing(stage)
}

_is_on_nothing(stage) if {
	some root in input.index.stages_by_at[stage.lineage[count(stage.lineage) - 1]]
	root.is_scratch
}
