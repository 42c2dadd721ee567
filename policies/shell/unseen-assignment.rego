# METADATA
# title: Assignment expanded too late
# description: |
#   `NAME=value command $NAME` sets `NAME` in the environment of the command, but the shell expands the arguments before that: `$NAME` has its old value,
#   which is usually empty. The arguments of `export` and `local` are expanded before any of them is assigned as well.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2097
#   - https://www.shellcheck.net/wiki/SC2098
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`${name}` in the same command is expanded before `{name}=` takes effect"
#   remediation: "End the assignment with `;` or `&&`, so that it is a command of its own."
#   aliases:
#     - {id: hadolint:SC2097, unless: is_declaration}
#     - {id: hadolint:SC2098, unless: is_declaration}
#     - {id: hadolint:SC2318, when: is_declaration}
#     - {id: shellcheck:SC2097, unless: is_declaration}
#     - {id: shellcheck:SC2098, unless: is_declaration}
#     - {id: shellcheck:SC2318, when: is_declaration}
package rules.shell["unseen-assignment"]

deny contains {"at": assignment.at, "name": assignment.name, "is_declaration": _is_declaration(command), "related": [{"at": assignment.unseen_by, "message": "it is expanded here"}]} if {
	some command in input.commands
	some assignment in command.assignments
	assignment.unseen_by
	command.is_parsed
}

_is_declaration(command) if {
	command.program in {"export", "declare", "local", "readonly", "typeset"}
} else := false
