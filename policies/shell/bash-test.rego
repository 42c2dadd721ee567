# METADATA
# title: Test that only bash knows, in a script for sh
# description: |
#   In a script for `sh`, `[` and `test` are those of dash: `==` is an unexpected operator there, and so are `=~` and `-v`. An error
#   in a condition is no, so that the other branch runs.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3014
#   - https://www.shellcheck.net/wiki/SC3016
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{culprit}` is a test of bash, and the script is read by `{shell}`"
#   remediation: "Write `=` for `==`, `-e` for `-a`, `[ -n \"${name+x}\" ]` for `-v`, `case` or `grep` for `=~`; or choose bash."
#   aliases:
#     - hadolint:SC2039
#     - hadolint:SC3014
#     - hadolint:SC3015
#     - hadolint:SC3016
#     - hadolint:SC3017
#     - shellcheck:SC2039
#     - shellcheck:SC3014
#     - shellcheck:SC3015
#     - shellcheck:SC3016
#     - shellcheck:SC3017
package rules.shell["bash-test"]

import data.lib.shells

deny contains {"at": word.at, "culprit": word.text, "shell": command.shell, "aliases": shells.codes(["2039", code])} if {
	some command in input.commands
	command.program in {"[", "test"}
	command.shell in {"sh", "dash"}
	some number, word in command.words
	word.quote == "none"
	code := _code(word.text)
	_is_operator(command, number, word.text)
	shells.is_plain(command)
}

_code(text) := code if code := {"==": "3014", "=~": "3015", "-v": "3016", "-a": "3017"}[text]

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
