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
#     Write `if command; then exit 1; fi` instead of `! command`.
#   aliases: [hadolint:SC2251, shellcheck:SC2251]
package rules.shell["ignored-negation"]

deny contains {"at": command.at, "program": command.program, "advice": _advice(command)} if {
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

_advice(command) := sprintf("Ask for `%s` with `if`, and `exit 1` where it succeeds.", [command.program]) if not _is_short(command)

_written(command) := concat(" ", array.concat(array.concat([command.program], [word.text | some word in command.words]), [_redirection(redirect) | some redirect in command.redirects]))

_redirection(redirect) := concat("", [redirect.operator, redirect.target])

# What is shown is what can be pasted: words without quotes, and nothing redirected.
_is_short(command) if {
	count(command.words) < 8
	every word in command.words {
		not contains(word.text, " ")
		word.quote == "none"
	}
}
