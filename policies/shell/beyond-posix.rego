# METADATA
# title: More than POSIX, in a script for sh
# description: |
#   dash and BusyBox both know `local`, `echo -n` and `[ a -nt b ]`, POSIX does not: a script that is to run in every `sh` does
#   without.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3043
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{culprit}` is not in POSIX, and the script is read by `{shell}`"
#   remediation: "Leave it if dash or BusyBox is the shell; otherwise write what POSIX has, such as `printf` for `echo -n`."
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:SC3012
#     - hadolint:SC3013
#     - hadolint:SC3037
#     - hadolint:SC3043
#     - hadolint:SC3049
#     - shellcheck:SC3012
#     - shellcheck:SC3013
#     - shellcheck:SC3037
#     - shellcheck:SC3043
#     - shellcheck:SC3049
package rules.shell["beyond-posix"]

import data.lib.shells

deny contains _finding(command, command.at, "local", "3043") if {
	some command in input.commands
	command.program == "local"
	_is_portable(command)
}

deny contains _finding(command, word.at, culprit, "3037") if {
	some command in input.commands
	command.program == "echo"
	not command.has_path
	word := command.words[0]
	word.text == "-n"
	word.quote == "none"
	_is_portable(command)
	culprit := "echo -n"
}

deny contains _finding(command, word.at, word.text, code) if {
	some command in input.commands
	command.program in {"[", "test"}
	some number, word in command.words
	number > 0
	word.quote == "none"
	code := _code(word.text)
	count(command.words) > number + 1
	_is_portable(command)
}

deny contains _finding(command, word.at, word.text, "3049") if {
	some command in input.commands
	command.program == "trap"
	some number, word in command.words
	number > 0
	lower(word.text) in {"exit", "hup", "int", "quit", "term"}
	upper(word.text) != word.text
	_is_portable(command)
}

_finding(command, at, culprit, code) := {"at": at, "culprit": culprit, "shell": command.shell, "aliases": shells.codes([code])}

_code(text) := code if code := {"-nt": "3013", "-ot": "3013", "-ef": "3013", "<": "3012", ">": "3012"}[text]

_is_portable(command) if command.shell == "sh"
