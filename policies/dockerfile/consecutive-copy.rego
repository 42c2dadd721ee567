# METADATA
# title: Consecutive COPY instructions
# description: |
#   Each `COPY` is a layer of its own; several to one folder could be one.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "this `{keyword}` could be merged with the previous one"
#   remediation: List all sources in one instruction.
#   aliases:
#     - {id: kics:multiple_run_add_copy_instructions_listed, when: is_in_final_stage}
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["consecutive-copy"]

import data.lib.stages

deny contains {"at": next.at, "is_in_final_stage": stages.is_in_final(next), "field": "keyword", "keyword": next.keyword, "related": [{"at": instruction.at, "field": "keyword", "message": "the one before it"}]} if {
	some stage in input.stages
	instructions := input.index.instructions_by_stage[stage.at]
	some number, instruction in instructions
	instruction.keyword in {"COPY", "ADD"}
	next := instructions[number + 1]
	next.keyword == instruction.keyword
	next.destination == instruction.destination
	_flags(instruction) == _flags(next)
	not instruction.has_heredoc
	not next.has_heredoc
}

_flags(instruction) := [[flag.name, object.get(flag, "value", "")] | some flag in instruction.flags]
