# METADATA
# title: Shell remains parent of the program
# description: |
#   A shell that has more than one command to run stays until the last one ends, and forwards no signals: `docker stop` waits, and then kills.
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "the shell that starts `{program}` stays its parent and forwards no signals"
#   remediation: Write `exec` before the last command.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unreplaced-shell"]

deny contains {"at": last.at, "field": "program", "program": last.program} if {
	some instruction in input.instructions
	instruction.keyword in {"CMD", "ENTRYPOINT"}
	instruction.form == "exec"
	commands := [command |
		some command in input.index.commands_by_instruction[instruction.at]
		command.holding == "script"
	]
	count(commands) > 1
	last := commands[count(commands) - 1]
	last.program
	not _is_part_of_shell(last.program)
	not "exec" in last.wrappers
	last.list in {"&&", ";"}
	last.list_after == ";"
	not last.in_condition
}

# `exec` starts programs; these are part of the shell.
_is_part_of_shell(program) if program in {
	"exit", "return", "cd", "true", "false", ":", "export", "set", "unset", "wait", "echo", "printf", "test", "[", "[[", "exec", "trap", "eval", "source", ".",
	"shift", "read", "kill", "ulimit", "umask", "break", "continue", "fg", "bg", "jobs", "local", "alias", "readonly", "declare", "type", "command", "times",
	"pwd", "let", "shopt", "logout", "disown", "builtin", "hash", "getopts", "pushd", "popd",
}
