# METADATA
# title: Multiple ENTRYPOINT instructions
# description: |
#   Only the last `ENTRYPOINT` of a stage takes effect.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "this `ENTRYPOINT` has no effect: a later one in the same stage replaces it"
#   remediation: Remove it.
#   aliases:
#     - hadolint:DL4004
#     - trivy:DS-0007
#     - buildkit:MultipleInstructionsDisallowed
#     - {id: kics:multiple_entrypoint_instructions_listed, when: is_in_final_stage}
#     - semgrep:multiple-entrypoint-instructions
#     - dockerfile-utils:MULTIPLE_INSTRUCTIONS
package rules.dockerfile["repeated-entrypoint"]

deny contains {"at": at, "field": "keyword", "is_in_final_stage": stage.is_final, "related": [{"at": last, "field": "keyword", "message": "this one counts"}]} if {
	some stage in input.stages
	count(stage.entrypoints) > 1
	last := stage.entrypoints[count(stage.entrypoints) - 1]
	some at in stage.entrypoints
	at != last
	not _is_reset(at)
	not _is_reset(last)
}

# `[]` takes away what the base image says.
_is_reset(at) if {
	some instruction in input.index.instructions_by_at[at]
	replace(instruction.text, " ", "") == "[]"
}
