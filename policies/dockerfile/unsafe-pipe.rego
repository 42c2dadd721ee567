# METADATA
# title: Pipe masks a failure
# description: |
#   Without `pipefail` a `RUN` succeeds if the last command of a pipe does: what failed before it is not seen.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#using-pipes
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: the pipe succeeds even if a command before the last one fails
#   remediation: "Put `SHELL [\"/bin/bash\", \"-o\", \"pipefail\", \"-c\"]` before it, or `set -o pipefail &&`."
#   aliases:
#     - hadolint:DL4006
#     - {id: kics:shell_running_a_pipe_without_pipefail_flag, when: is_from_shell}
#     - semgrep:set-pipefail
package rules.dockerfile["unsafe-pipe"]

deny contains {"at": culprits[0].at, "field": "program", "is_from_shell": _is_from_shell(culprits)} if {
	some script in input.scripts
	script.has_pipe_without_pipefail
	script.source in {"run", "heredoc"}
	script.instruction
	culprits := [command |
		some command in input.index.commands_by_script[script.at]
		not command.is_last
		_is_hidden(command)
	]
	count(culprits) > 0
}

# What stands before the pipe is a group or a loop, and no command of the pipe itself.
deny contains {"at": follower.at, "field": "program"} if {
	some follower in input.commands
	follower.place > 0
	not follower.pipes_from[0]
	follower.source in {"run", "heredoc"}
	follower.instruction
	_follows_a_group(follower)
	commands := input.index.commands_by_script[follower.script]
	followers := [number | some number, command in commands; command.place > 0; _follows_a_group(command)]
	commands[followers[0]].at == follower.at
	count([command | some command in commands; not command.is_last; _is_hidden(command)]) == 0
	some number, inner in commands
	number < followers[0]
	inner.pipeline > follower.pipeline
	not _is_in_word(inner)
	not _cannot_fail(inner)
}

_is_from_shell(culprits) if {
	_has_shell(culprits)
} else := false

_has_shell(culprits) if {
	some command in culprits
	command.program in {"bash", "zsh", "ash"}
}

_has_shell(culprits) if {
	some command in culprits
	command.holder in {"bash", "zsh", "ash"}
}

_is_hidden(command) if {
	_counts(command)
	not _cannot_fail(command)
}

_follows_a_group(command) if {
	not command.pipes_from[0]
	_counts(command)
}

# What a condition asks is answered by the last command, and nobody sees how the command in a word ended.
_counts(command) if {
	not command.is_pipefail
	not command.in_condition
	not _is_in_word(command)
}

_is_in_word(command) if {
	command.holding in {"command", "backtick", "process"}
	command.holder
}

_cannot_fail(command) if command.program in {"echo", "printf", "yes", "true", ":"}

_cannot_fail(command) if {
	command.program == "cat"
	some redirect in command.redirects
	startswith(redirect.operator, "<<")
}
