# METADATA
# title: Unchecked cd
# description: |
#   If `cd` fails, the commands after it run in the wrong folder.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2164
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: if `cd` fails, the following commands run in the wrong folder
#   remediation: Join them with `&&`, write `cd … || exit 1`, or begin the script with `set -e`.
#   aliases:
#     - hadolint:SC2164
#     - shellcheck:SC2164
#   implied_by: [dockerfile/lost-export]
package rules.shell["unchecked-cd"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.program in {"cd", "pushd"}
	not command.is_errexit
	command.list_after == ";"
	not command.in_condition
	not _is_safe(command)
	not _is_made(command)
}

# Folders that every system has.
_is_safe(command) if trim_right(command.args[0], "/") in {
	"/bin", "/etc", "/home", "/lib", "/opt", "/root", "/sbin", "/srv", "/tmp", "/usr", "/usr/bin", "/usr/lib", "/usr/local", "/usr/local/bin", "/usr/local/lib",
	"/usr/local/src", "/usr/share", "/usr/src", "/var", "/var/lib", "/var/log", "/var/tmp", "~", "$HOME", "${HOME}", "-",
}

# A folder that an instruction above made: what WORKDIR names is there, and so is what COPY and ADD fill.
_is_made(command) if {
	some instruction in input.index.instructions_by_at[command.instruction]
	some other in input.index.instructions_by_stage[instruction.stage]
	other.keyword in {"WORKDIR", "COPY", "ADD"}
	other.number < instruction.number
	_holds(other, trim_right(command.args[0], "/"))
}

# `mkdir -p folder; cd folder`
_is_made(command) if {
	command.instruction
	some other in input.index.commands_by_stage[command.stage]
	other.program in {"mkdir", "install"}
	some word in other.args
	trim_right(word, "/") == trim_right(command.args[0], "/")
}

_holds(instruction, folder) if {
	instruction.keyword == "WORKDIR"
	_is_within(trim_right(instruction.workdir, "/"), folder)
}

_holds(instruction, folder) if {
	instruction.keyword in {"COPY", "ADD"}
	_is_within(trim_right(object.get(instruction, "target", instruction.destination), "/"), folder)
}

_is_within(path, folder) if path == folder

_is_within(path, folder) if startswith(path, concat("", [folder, "/"]))

_is_safe(command) if {
	every letter in split(concat("", command.args), "") {
		letter in {".", "/"}
	}
}
