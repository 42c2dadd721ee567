# METADATA
# title: Shell form of CMD or ENTRYPOINT
# description: |
#   In shell form the program is a child of `/bin/sh -c` and does not get the signals that stop a container: it is killed after a timeout. A bash as
#   `/bin/sh`, as on Fedora and RHEL, replaces itself with a single command, so only scripts of several commands are reported there.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell-and-exec-form
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   habit: true
#   once: true
#   message: "`{keyword}` is in shell form: `/bin/sh` receives the signals, not the program"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write exec form: `CMD ["program", "argument"]`. If it reads variables, write `CMD ["sh", "-c", "exec program $PORT"]`. Move pipes, `&&` and other
#     shell syntax to a script that ends with `exec`.
#   aliases:
#     - hadolint:DL3025
#     - {id: buildkit:JSONArgsRecommended, unless: stage_has_shell}
#     - {id: kics:not_using_json_in_cmd_and_entrypoint_arguments, when: is_in_final_stage}
#     - semgrep:prefer-json-notation
#   implied_by: [dockerfile/syntax-error, dockerfile/single-quoted-list, dockerfile/malformed-list, shell/syntax-error]
package rules.dockerfile["shell-form-command"]

import data.lib.stages

deny contains {"at": instruction.at, "keyword": instruction.keyword, "advice": _advice(instruction), "is_in_final_stage": stages.is_in_final(instruction), "stage_has_shell": _stage_has_shell(instruction)} if {
	some instruction in input.instructions
	instruction.keyword in {"CMD", "ENTRYPOINT"}
	instruction.form == "shell"
	not instruction.list_fault
	count(instruction.arguments) > 0
	instruction.arguments[0].text != "exec"
	not startswith(trim_space(instruction.text), "[")
	not _is_replaced_by_bash(instruction)
	not _is_on_windows(instruction)
	not _is_replaced(instruction)
	not _is_prompt(instruction)
}

# In a shell for a person no signal matters.
_is_prompt(instruction) if {
	count(instruction.arguments) == 1
	instruction.arguments[0].text in {"bash", "sh", "ash", "zsh", "fish", "/bin/bash", "/bin/sh", "/bin/ash", "/bin/zsh", "/usr/bin/bash", "/usr/bin/zsh", "/usr/bin/fish"}
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

_is_on_windows(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_windows
}

# `bash -c` runs its last command in its own place.
_is_replaced_by_bash(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	_is_bash(stage)
	count([command | some command in input.index.commands_by_instruction[instruction.at]; command.depth == 0]) == 1
}

_is_bash(stage) if {
	some name in ["centos", "fedora", "almalinux", "rockylinux", "oraclelinux", "amazonlinux", "redhat.com", "ubi7", "ubi8", "ubi9", "ubi10", "rhel7", "rhel8", "rhel9", "rhel10", "rhscl", "sclorg", "manylinux", "archlinux", "opensuse", "-centos", "-ubi", "-rhel", "-el7", "-el8", "-el9", "-c9s", "-c10s"]
	contains(object.get(stage, "starting_image", ""), name)
	not stage.has_shell
}

_is_bash(stage) if {
	stage.has_shell
	some word in stage.shell
	endswith(word, "bash")
}

# A single command of plain words can be written as it is.
_advice(instruction) := sprintf("Write `%s [\"%s\"]`.", [instruction.keyword, concat("\", \"", words)]) if {
	_is_plain(instruction)
	words := [argument.text | some argument in instruction.arguments]
	count(concat(" ", words)) < 80
}

_advice(instruction) := sprintf("Write `%s [\"sh\", \"-c\", \"exec %s\"]`, which still fills in the variables.", [instruction.keyword, trim_space(instruction.text)]) if {
	not _is_plain(instruction)
	_is_single(instruction)
}

_advice(instruction) := "Write a JSON list, `[\"program\", \"argument\"]`; what needs a shell goes to a script that ends with `exec`." if {
	not _is_plain(instruction)
	not _is_single(instruction)
}

_advice(instruction) := "Write a JSON list: `[\"program\", \"argument\"]`." if {
	_is_plain(instruction)
	count(concat(" ", [argument.text | some argument in instruction.arguments])) > 79
}

_is_plain(instruction) if {
	count(instruction.text) > 0
	trim(instruction.text, " ") != ""
	every sign in ["$", "\"", "'", "\\", "`", "|", "&", ";", "<", ">", "(", ")", "*", "?", "~", "=", "{", "[", "\n", "#"] {
		not contains(instruction.text, sign)
	}
}

_is_single(instruction) if {
	contains(instruction.text, "$")
	count(instruction.text) < 60
	every sign in ["\"", "'", "\\", "`", "|", "&", ";", "<", ">", "\n", "$("] {
		not contains(instruction.text, sign)
	}
	not contains(instruction.arguments[0].text, "=")
}
