# METADATA
# title: Ignored command failure
# description: |
#   After `|| true`, or before `;`, a command may fail and the build continues.
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "the build continues if `{program}` fails"
#   remediation: Join the commands with `&&`, or begin with `set -e`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["ignored-failure"]

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	_is_judged(command)
	command.list_after == "||"
	input.sizes.commands_by_script[command.script] < 500
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	other.program in {"true", ":"}
	not command.in_function
}

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	_is_judged(command)
	command.list_after == ";"
	command.source == "run"
	not command.is_errexit
	not command.in_condition
	not command.in_function
	not command.in_subshell
	input.sizes.commands_by_script[command.script] < 500
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	other.list == ";"
}

_is_judged(command) if {
	command.source in {"run", "heredoc"}
	command.is_parsed
	command.is_last
	command.depth == 0
	not command.holder
	command.program
	not command.program in {"set", "kill", "sleep", "break", "continue", "echo", "printf", "export", "true", ":", "test", "[", "exit", "rm", "umask", "local", "unset"}
}
