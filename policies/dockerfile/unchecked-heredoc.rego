# METADATA
# title: Here-document continues after a failure
# description: |
#   The shell runs the lines one after the other, and the `RUN` succeeds if the last one does.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#here-documents
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "a failure of `{program}` is ignored: the script runs without `set -e`"
#   remediation: Begin the script with `set -e`.
#   across_files: true
package rules.dockerfile["unchecked-heredoc"]

import data.lib.shells

deny contains {"at": culprits[0].at, "field": "program", "program": culprits[0].program} if {
	some script in input.scripts
	script.source == "heredoc"
	script.is_parsed
	script.shell in {"sh", "bash", "dash", "ash", "ksh", "zsh"}
	some instruction in input.index.instructions_by_at[script.instruction]
	startswith(instruction.text, "<<")
	not shells.may_be_set_before(script)
	commands := input.index.commands_by_script[script.at]
	last := max([command.pipeline | some command in commands])
	culprits := [command | some command in commands; command.pipeline < last; _is_unchecked(command)]
	count(culprits) > 0
}

_is_unchecked(command) if {
	not command.is_errexit
	not command.is_tail
	not command.in_condition
	not command.holder
	not command.in_function
	command.is_last
	command.list_after == ";"
	command.list in {"", ";"}
	not command.program in _harmless
}

# What hardly fails, or whose failure the next command repeats.
_harmless := {
	"echo", "printf", "true", ":", "set", "export", "cd", "pushd", "popd", "shopt", "umask", "trap", "unset", "exit", "return", "break", "continue", "sleep", "mkdir", "touch", "rm",
}
