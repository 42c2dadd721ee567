# METADATA
# title: Consecutive RUN instructions
# description: |
#   Each `RUN` is a layer of its own; several small ones in a row could be one. Instructions in exec form are left out, because `&&` cannot join them.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: this `RUN` could be merged with the previous one
#   remediation: Join them with `&&`.
#   aliases:
#     - hadolint:DL3059
#     - kics:multiple_run_add_copy_instructions_listed
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["consecutive-run"]

deny contains {"at": next.at, "field": "keyword", "related": [{"at": instruction.at, "field": "keyword", "message": "the one before it"}]} if {
	some stage in input.stages
	instructions := input.index.instructions_by_stage[stage.at]
	some number, instruction in instructions
	instruction.keyword == "RUN"
	next := instructions[number + 1]
	next.keyword == "RUN"
	_flags(instruction) == _flags(next)
	_is_small(instruction)
	_is_small(next)
}

_flags(instruction) := [[flag.name, object.get(flag, "value", "")] | some flag in instruction.flags]

_is_small(instruction) if {
	instruction.form == "shell"
	object.get(input.sizes.commands_by_instruction, instruction.at, 0) <= 1
	not _is_unread(instruction)
}

# A script in another language, such as PowerShell, whose commands nobody counts here.
_is_unread(instruction) if {
	not input.sizes.commands_by_instruction[instruction.at]
	some sign in ["; ", " && ", " | "]
	contains(instruction.text, sign)
}
