# METADATA
# title: Undefined variable
# description: |
#   Nothing in the script, in `ENV` or in `ARG` gives the variable a value, so it is empty.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2154
# custom:
#   severity: warning
#   confidence: medium
#   once: true
#   category: correctness
#   message: "`${name}` has no value here"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Assign the variable in the script before it is read, or declare it with `ENV` or `ARG`. If it may be empty, expand it with the default operator
#     `:-`. If the program of that name is meant, write `$(name)`.
#   aliases:
#     - hadolint:SC2154
#     - shellcheck:SC2154
#   implied_by: [shell/bash-expansion, shell/expanded-loop-variable]
package rules.shell["undefined-variable"]

import data.lib.commands

# Names in capitals come from the environment, of which the base image sets a part that nobody sees.
deny contains {"at": variable.at, "about": variable.at, "name": variable.name, "advice": _advice(variable)} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	lower(variable.name) == variable.name
	count(variable.name) > 1
	not _is_powershell(variable.name)
}

# What a job of a workflow has in its environment nobody sees whole; a variable that is called like a program is none of it.
deny contains {"at": variable.at, "about": command.document, "name": variable.name, "advice": _advice(variable)} if {
	some command in input.commands
	command.source == "step"
	some variable in command.undeclared
	commands.names_program(variable.name)
}

_advice(variable) := sprintf("Write `$(%s)`, which runs the program.", [variable.name]) if commands.names_program(variable.name)

_advice(variable) := sprintf("Assign or declare it first; write `${%s:-}` if it may be empty.", [variable.name]) if not commands.names_program(variable.name)

# Names that tell that the script is PowerShell's, for all that the file does not say so.
_is_powershell(name) if name in {"env", "null", "true", "false"}
