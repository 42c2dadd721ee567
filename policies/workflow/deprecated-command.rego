# METADATA
# title: Deprecated workflow command
# description: |
#   A line beginning with `::set-output`, `::save-state`, `::set-env` or `::add-path` used to set
#   something; whoever could make the job print such a line could set it too. GitHub has deprecated the
#   first two. At the others the step fails, unless `ACTIONS_ALLOW_UNSECURE_COMMANDS` is set.
# related_resources:
#   - https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   once_a_message: true
#   message: "`::{command}` {state}"
#   remediation: "Write {line}."
#   how_to_fix: >-
#     Append to the file instead: `name=value` to `$GITHUB_OUTPUT` for `set-output` and to `$GITHUB_STATE` for `save-state`, `NAME=value` to
#     `$GITHUB_ENV` for `set-env`, the directory to `$GITHUB_PATH` for `add-path`.
#   aliases:
#     - actionlint:deprecated-commands/deprecated-command
#     - actionlint-fork:deprecated-commands/deprecated-command
package rules.workflow["deprecated-command"]

deny contains {"at": command.at, "command": name, "state": _state(name), "line": _line(step, command), "severity": _severity(step, name)} if {
	some step in input.steps
	some command in step.workflow_commands
	command.is_removed
	command.is_closed
	name := lower(command.name)
}

# Written by something that is no `echo`: the place is not known.
deny contains {"at": step.at, "field": "run", "command": command, "state": _state(command), "line": _file_of(command)} if {
	some step in input.steps
	text := step.run_text
	contains(text, "::")
	some command in ["set-output", "save-state", "set-env", "add-path"]
	contains(text, concat("", ["::", command]))
	some line in split(text, "\n")
	contains(line, concat("", ["::", command]))
	not startswith(trim_space(line), "#")
	not startswith(trim_space(line), "//")
	_is_written(line, command)
	count([found | some found in step.workflow_commands; lower(found.name) == command]) == 0
}

_state(name) := "is deprecated" if {
	name in {"set-output", "save-state"}
} else := "no longer works on GitHub"

# The step fails at it, unless a condition leaves it out or the switch that allows it is on.
_severity(step, name) := "error" if {
	name in {"set-env", "add-path"}
	_is_unconditional(step, name)
	count([variable | some variable in input.index.variables_by_document[step.document]; variable.name == "ACTIONS_ALLOW_UNSECURE_COMMANDS"]) == 0
} else := "warning"

# A line of its own that no block holds.
_is_unconditional(step, name) if {
	some line in split(step.run_text, "\n")
	some start in ["echo \"::", "echo '::", "echo ::"]
	startswith(line, concat("", [start, name]))
}

# What lists lines gives several of them, which `name=value` does not take.
_line(step, command) := sprintf("`%s<<EOF`, the value and `EOF`, each on a line of its own, to the file `$GITHUB_OUTPUT`: it may have several lines", [name]) if {
	lower(command.name) == "set-output"
	name := command.lines
} else := line if line := _single_line(step, command)

# The line itself, where a POSIX shell reads the script.
_single_line(step, command) := sprintf("`%s`", [command.replacement]) if {
	command.replacement
	not object.get(step, "shell", "bash") in {"pwsh", "powershell", "cmd", "python"}
} else := _file_of(lower(command.name))

_file_of("set-output") := "`name=value` to the file `$GITHUB_OUTPUT`"

_file_of("save-state") := "`name=value` to the file `$GITHUB_STATE`"

_file_of("set-env") := "`NAME=value` to the file `$GITHUB_ENV`"

_file_of("add-path") := "the folder to the file `$GITHUB_PATH`"

# `::set-output name=`, `::add-path::`: a command, not talk of one.
_is_written(text, command) if contains(text, concat("", ["::", command, " "]))

_is_written(text, command) if contains(text, concat("", ["::", command, "::"]))
