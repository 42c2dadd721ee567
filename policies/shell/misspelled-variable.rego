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
#   message: "`${name}` has no value here; did you mean `${similar}`?"
#   remediation: Correct the name, or declare the variable.
#   aliases:
#     - hadolint:SC2153
#     - shellcheck:SC2153
package rules.shell["misspelled-variable"]

deny contains {"at": variable.at, "name": variable.name, "similar": variable.similar, "severity": "info"} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	variable.similar
	upper(variable.name) == variable.name
}

# What a step reads may come from the step before, which wrote it to GITHUB_ENV.
deny contains {"at": variable.at, "name": variable.name, "similar": variable.similar, "severity": _severity(variable)} if {
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
