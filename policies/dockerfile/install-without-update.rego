# METADATA
# title: apt-get install without package lists
# description: |
#   The images of Debian and Ubuntu hold no package lists: before the first `apt-get update` nothing can be found, and the build stops with
#   `Unable to locate package`.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#apt-get
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "nothing has run `apt-get update` before this `{program} install`: `{base}` has no package lists"
#   remediation: "Write `apt-get update && ` in front of it."
package rules.dockerfile["install-without-update"]

import data.lib.stages

deny contains {"at": command.at, "field": "program", "program": command.program, "base": stage.starting_image} if {
	some command in input.commands
	command.program in {"apt-get", "apt", "aptitude"}
	command.action == "install"
	command.source in {"run", "heredoc"}
	command.is_parsed
	not command.in_condition
	not command.in_function
	count(command.packages) > 0

	not command.flags["--update"]
	not command.flags["-U"]

	# Of most installs the script itself shows it; all else asks the whole stage.
	not _updates_here(command)
	stages.is_small(command.stage)
	some stage in input.index.stages_by_at[command.stage]
	stage.base_is_bare
	_is_of_debian(stage.starting_image)
	not _brings_lists(command)
	not _takes_files(command)
	not _is_behind_lists(command, stage)
	not _is_said(command)
}

_updates_here(command) if {
	some other in input.index.commands_by_script[command.script]
	other.action == "update"
	other.pipeline < command.pipeline
}

_is_of_debian(image) if {
	some name in ["debian", "ubuntu", "docker.io/debian", "docker.io/ubuntu", "library/debian", "library/ubuntu", "docker.io/library/debian", "docker.io/library/ubuntu"]
	split(image, ":")[0] == name
}

# A cache of lists that another build filled.
_brings_lists(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	count(instruction.flags) > 0
}

# `apt-get install ./tool.deb`
_takes_files(command) if {
	some word in command.args
	contains(word, "/")
}

_takes_files(command) if {
	some word in command.args
	endswith(word, ".deb")
}

_takes_files(command) if {
	some word in command.args
	contains(word, "$")
}

# Anything before it that updates, or that is no program of the system and may.
_is_behind_lists(command, stage) if {
	some at in stage.lineage
	some other in input.index.commands_by_stage[at]
	other.source in {"run", "heredoc"}
	_may_update(other)
	_is_before(other, command)
}

# Files of the context may be lists, and scripts.
_is_behind_lists(command, stage) if {
	some at in stage.lineage
	some instruction in input.index.instructions_by_stage[at]
	instruction.keyword in {"COPY", "ADD", "ONBUILD", "SHELL"}
	not instruction.number > _number(command)
}

_is_before(other, command) if {
	other.instruction == command.instruction
	other.pipeline < command.pipeline
}

_is_before(other, command) if _number(other) < _number(command)

_may_update(other) if other.action == "update"

_may_update(other) if not other.program

_may_update(other) if not other.program in {
	"apt-get", "apt", "aptitude", "echo", "printf", "export", "set", "rm", "mkdir", "cp", "mv", "ln", "chmod", "chown", "cd", "touch", "dpkg", "useradd", "groupadd", "true", ":", "sed",
	"apt-key", "debconf-set-selections", "locale-gen", "[", "test", "cat",
}

_number(command) := input.index.instructions_by_at[command.instruction][0].number

_is_said(command) if {
	some other in input.index.commands_by_stage[command.stage]
	other.action == "install"
	other.program in {"apt-get", "apt", "aptitude"}
	_number(other) < _number(command)
}

_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.action == "install"
	other.program in {"apt-get", "apt", "aptitude"}
	other.pipeline < command.pipeline
}
