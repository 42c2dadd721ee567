# METADATA
# title: Undefined variable
# description: |
#   Nothing in the script, in `ENV` or in `ARG` gives the variable a value, so it is empty.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2154
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`${name}` has no value here"
#   remediation: "Assign or declare it first; write {default} if it may be empty."
#   aliases:
#     - hadolint:SC2154
#     - shellcheck:SC2154
#   implied_by: [shell/bash-expansion, shell/expanded-loop-variable]
package rules.shell["undefined-variable"]

# Names in capitals come from the environment, of which the base image sets a part that nobody sees.
deny contains {"at": variable.at, "name": variable.name, "default": sprintf("`${%s:-}`", [variable.name])} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some variable in command.undeclared
	lower(variable.name) == variable.name
	count(variable.name) > 1
	not _is_powershell(variable.name)
}

# Names that tell that the script is PowerShell's, for all that the file does not say so.
_is_powershell(name) if name in {"env", "null", "true", "false"}
