# METADATA
# title: Negated command ignored by set -e
# description: |
#   `set -e` ignores a command that `!` negates: if the check fails, the script continues as if nothing had happened. At the end of a script the exit
#   status counts, and in a condition it is tested.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2251
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`! {program}` never fails the script: `set -e` ignores negated commands"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `if command; then exit 1; fi` instead of `! command`, with the whole pipeline between `if` and `;`.
#   aliases: [hadolint:SC2251, shellcheck:SC2251]
package rules.shell["ignored-negation"]

deny contains {"at": _start(command), "program": command.program, "advice": _advice(command)} if {
	some command in input.commands
	command.is_negated
	command.is_errexit
	command.is_last
	command.list_after == ";"
	command.program
	not command.is_final
	not command.in_condition
	not command.in_function
	not _is_in_parentheses(command)
	not command.list in {"&&", "||"}
	not command.holding
}

# Each command of a pipe runs in a subshell, and none of them is the last of one in parentheses.
_is_in_parentheses(command) if {
	command.in_subshell
	command.place == 0
}

_advice(command) := sprintf("Write `if %s; then exit 1; fi`.", [_written(command)]) if _is_short(command)

_advice(command) := sprintf("Write `if` for `!`, and `; then exit 1; fi` behind `%s` and its arguments.", [command.program]) if not _is_short(command)

# The command that the `!` precedes.
_start(command) := _pipeline(command)[0].at

# The whole pipeline, in its order.
_written(command) := concat(" | ", [_command(part) | some part in _pipeline(command)])

_pipeline(command) := [part | some part in input.index.commands_by_pipeline_start[command.pipeline_start]]

_command(part) := concat(" ", array.concat(array.concat([part.program], [word.text | some word in part.words]), [_redirection(redirect) | some redirect in part.redirects]))

_redirection(redirect) := concat("", [redirect.operator, redirect.target])

# What is shown is what can be pasted: words without quotes, and nothing redirected.
_is_short(command) if {
	parts := _pipeline(command)
	count(parts) == command.place + 1
	every number, part in parts {
		part.place == number
		part.program
		count(part.words) < 8
		count(part.assignments) == 0
		every word in part.words {
			not contains(word.text, " ")
			word.quote == "none"
		}
	}
}
