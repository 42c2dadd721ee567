# METADATA
# title: Shell form of CMD or ENTRYPOINT
# description: |
#   In shell form the program is a child of `/bin/sh -c` and does not get the signals that stop a container: it is killed after a timeout.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{keyword}` is in shell form: `/bin/sh` receives the signals, not the program"
#   remediation: "Write a JSON list: `[\"program\", \"argument\"]`."
#   aliases:
#     - hadolint:DL3025
#     - {id: buildkit:JSONArgsRecommended, unless: stage_has_shell}
#     - {id: kics:not_using_json_in_cmd_and_entrypoint_arguments, when: is_in_final_stage}
#     - semgrep:prefer-json-notation
#   implied_by: [dockerfile/syntax-error, dockerfile/single-quoted-list, dockerfile/malformed-list, shell/syntax-error]
package rules.dockerfile["shell-form-command"]

import data.lib.stages

deny contains {"at": instruction.at, "keyword": instruction.keyword, "is_in_final_stage": stages.is_in_final(instruction), "stage_has_shell": _stage_has_shell(instruction)} if {
	some instruction in input.instructions
	instruction.keyword in {"CMD", "ENTRYPOINT"}
	instruction.form == "shell"
	not instruction.list_fault
	count(instruction.arguments) > 0
	instruction.arguments[0].text != "exec"
	not _is_replaced(instruction)
}

# Only the last of a stage counts, and of the others it is said that they do not.
_is_replaced(instruction) if {
	instruction.keyword == "CMD"
	some stage in input.index.stages_by_at[instruction.stage]
	instruction.at in stage.cmds
	stage.cmds[count(stage.cmds) - 1] != instruction.at
}

_is_replaced(instruction) if {
	instruction.keyword == "ENTRYPOINT"
	some stage in input.index.stages_by_at[instruction.stage]
	instruction.at in stage.entrypoints
	stage.entrypoints[count(stage.entrypoints) - 1] != instruction.at
}

_stage_has_shell(instruction) if {
	_has_shell(instruction)
} else := false

_has_shell(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.has_shell
}
