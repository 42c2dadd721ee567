# METADATA
# title: Multiple CMD instructions
# description: |
#   Only the last `CMD` of a stage takes effect.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "this `CMD` has no effect: a later one in the same stage replaces it"
#   remediation: Remove it.
#   aliases:
#     - hadolint:DL4003
#     - trivy:DS-0016
#     - buildkit:MultipleInstructionsDisallowed
#     - {id: kics:multiple_cmd_instructions_listed, when: is_in_final_stage}
#     - dockerfile-utils:MULTIPLE_INSTRUCTIONS
package rules.dockerfile["repeated-cmd"]

deny contains {"at": at, "field": "keyword", "is_in_final_stage": stage.is_final, "related": [{"at": last, "field": "keyword", "message": "this one counts"}]} if {
	some stage in input.stages
	count(stage.cmds) > 1
	last := stage.cmds[count(stage.cmds) - 1]
	some at in stage.cmds
	at != last
	not _is_reset(at)
	not _is_reset(last)
}

# `[]` takes away what the base image says.
_is_reset(at) if {
	some instruction in input.index.instructions_by_at[at]
	replace(instruction.text, " ", "") == "[]"
}
