# METADATA
# title: Space after the equals sign
# description: |
#   `name= value` runs `value` with `name` empty for that command alone.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1007
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{name}=` assigns the empty string; the rest of the line runs as a command"
#   remediation: "Write `{name}=value`, or `{name}='' command` if it is intended."
#   aliases:
#     - hadolint:SC1007
#     - shellcheck:SC1007
package rules.shell["emptied-variable"]

deny contains {"at": assignment.at, "name": assignment.name} if {
	some command in input.commands
	some assignment in command.assignments
	assignment.value == ""
	assignment.name != "IFS"
	command.is_parsed
	command.program
	not command.program in {"export", "declare", "local", "readonly", "typeset"}
	_is_value(assignment, command)
}

# In small letters it is no setting for the command; and no program is called by a number or an address.
_is_value(assignment, _) if lower(assignment.name) == assignment.name

_is_value(_, command) if substring(command.program, 0, 1) in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
