# METADATA
# title: bash test in a POSIX script
# description: |
#   In a script for `sh`, `[` and `test` are those of dash: `==` is an unexpected operator there, and so are `=~` and `-v`. An error in a condition counts
#   as false, so the other branch runs.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3014
#   - https://www.shellcheck.net/wiki/SC3016
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{culprit}` is a bash test, but `{shell}` runs this script"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Write `=` for `==`, `-e` for `-a`, `[ -n "${name+x}" ]` for `-v`, `case` or `grep` for `=~`; or choose bash.
#   aliases:
#     - hadolint:SC2039
#     - {id: hadolint:SC3014, when: {culprit: "=="}}
#     - {id: hadolint:SC3015, when: {culprit: "=~"}}
#     - {id: hadolint:SC3016, when: {culprit: -v}}
#     - {id: hadolint:SC3017, when: {culprit: -a}}
#     - shellcheck:SC2039
#     - {id: shellcheck:SC3014, when: {culprit: "=="}}
#     - {id: shellcheck:SC3015, when: {culprit: "=~"}}
#     - {id: shellcheck:SC3016, when: {culprit: -v}}
#     - {id: shellcheck:SC3017, when: {culprit: -a}}
package rules.shell["bash-test"]

import data.lib.shells

deny contains {"at": word.at, "culprit": word.text, "shell": command.shell, "advice": _instead[word.text]} if {
	some command in input.commands
	command.program in {"[", "test"}
	command.shell in {"sh", "dash"}
	some number, word in command.words
	word.quote == "none"
	word.text in {"==", "=~", "-v", "-a"}
	_is_operator(command, number, word.text)
	shells.is_plain(command)
}

_instead := {
	"==": "Write `=`",
	"=~": "Match with `case`, or with `grep -Eq`",
	"-v": "Write `[ -n \"${name+x}\" ]`, with the name of the variable",
	"-a": "Write `-e`",
}

_is_operator(_, number, text) if {
	text in {"==", "=~"}
	number > 0
}

# A test of one operand begins the command, or follows its `!`.
_is_operator(command, 0, text) if {
	text in {"-v", "-a"}
	count(command.words) > 1
	command.words[1].text != "]"
}

_is_operator(command, 1, text) if {
	text in {"-v", "-a"}
	command.words[0].text == "!"
}
