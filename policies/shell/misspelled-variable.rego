# METADATA
# title: Possible misspelling of a variable
# description: |
#   The variable has no value in sight, and its name differs by one letter from one that has, or is the beginning of it.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2153
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Correct the name, or declare the variable. If an earlier `RUN` set it, set it again in this `RUN`, or for the whole stage with `ENV NAME=…`.
#   aliases:
#     - hadolint:SC2153
#     - shellcheck:SC2153
package rules.shell["misspelled-variable"]

deny contains {"at": variable.at, "problem": _guess(variable), "advice": _correct, "severity": "info"} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	variable.similar
	upper(variable.name) == variable.name
	count(_lost(command, variable.name)) == 0
}

# Each RUN is a shell of its own: what an earlier one set is gone.
deny contains {"at": variable.at, "problem": sprintf("`$%s` was set in an earlier `RUN`, and is lost at its end", [variable.name]), "advice": sprintf("Set it in this `RUN` too, or once with `ENV %s=…`.", [variable.name]), "severity": "info", "related": [{"at": setters[0].at, "message": "set here"}]} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	variable.similar
	upper(variable.name) == variable.name
	setters := _lost(command, variable.name)
	count(setters) > 0
}

_lost(command, name) := [other |
	some other in input.index.commands_by_stage[command.stage]
	other.instruction != command.instruction
	_sets(other, name)
]

_sets(command, name) if name in command.assigns

_sets(command, name) if {
	some assignment in command.assignments
	assignment.name == name
}

_guess(variable) := sprintf("`$%s` has no value here; did you mean `$%s`?", [variable.name, variable.similar])

_correct := "Correct the name, or declare the variable."

# What a step reads may come from the step before, which wrote it to GITHUB_ENV.
deny contains {"at": variable.at, "problem": _guess(variable), "advice": _correct, "severity": _severity(variable)} if {
	some command in input.commands
	command.source == "step"
	some variable in command.undeclared
	variable.similar
	not _goes_on(variable)
	not _is_set_elsewhere(command, variable.name)
	not _brings_others(command)
}

# `RATE_BASELINE` is more than `RATE`, and no slip for it.
_goes_on(variable) if {
	variable.is_prefix
	startswith(variable.name, variable.similar)
}

# What a command other than `echo` appends to `GITHUB_ENV` sets variables of any name: `cat settings.env >> "$GITHUB_ENV"`.
_brings_others(command) if {
	some script in input.index.scripts_by_workflow[command.workflow]
	contains(script.text, "GITHUB_ENV")
	some line in split(script.text, "\n")
	contains(line, "GITHUB_ENV")
	not contains(line, "echo ")
	not contains(line, "printf ")
}

_is_set_elsewhere(command, name) if {
	some script in input.index.scripts_by_workflow[command.workflow]
	some sign in ["=", "<<"]
	contains(script.text, concat("", [name, sign]))
}

# A name in lower case comes from the script itself, and from no environment.
_severity(variable) := "warning" if _is_own(variable)

_severity(variable) := "info" if not _is_own(variable)

_is_own(variable) if {
	lower(variable.name) == variable.name
	not variable.is_prefix
}
