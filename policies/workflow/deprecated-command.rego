# METADATA
# title: Removed workflow command
# description: |
#   A line beginning with `::set-output`, `::save-state`, `::set-env` or `::add-path` used to set
#   something; whoever could make the job print such a line could set it too. GitHub is removing the
#   first two and refuses the others.
# related_resources:
#   - https://github.blog/changelog/2022-10-11-github-actions-deprecating-save-state-and-set-output-commands/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`::{command}` no longer works on GitHub"
#   remediation: Write `name=value` to the file named by `$GITHUB_OUTPUT`, `$GITHUB_STATE`, `$GITHUB_ENV` or `$GITHUB_PATH`.
#   aliases:
#     - actionlint:deprecated-commands/deprecated-command
#     - actionlint-fork:deprecated-commands/deprecated-command
package rules.workflow["deprecated-command"]

deny contains {"at": command.at, "command": lower(command.name)} if {
	some step in input.steps
	some command in step.workflow_commands
	command.is_removed
	command.is_closed
}

# Written by something that is no `echo`: the place is not known.
deny contains {"at": step.at, "field": "run", "command": command} if {
	some step in input.steps
	text := step.run_text
	contains(text, "::")
	some command in ["set-output", "save-state", "set-env", "add-path"]
	contains(text, concat("", ["::", command]))
	_is_written(text, command)
	count([found | some found in step.workflow_commands; lower(found.name) == command]) == 0
}

# `::set-output name=`, `::add-path::`: a command, not talk of one.
_is_written(text, command) if contains(text, concat("", ["::", command, " "]))

_is_written(text, command) if contains(text, concat("", ["::", command, "::"]))
