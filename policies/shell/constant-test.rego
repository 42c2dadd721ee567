# METADATA
# title: Constant comparison
# description: |
#   Both sides of the comparison are constant, so its result is too: a `$` is most likely missing.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2050
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{left} {operator} {right}` compares two constants"
#   remediation: Write `$` before the name of the variable.
#   aliases:
#     - hadolint:SC2050
#     - shellcheck:SC2050
package rules.shell["constant-test"]

deny contains {"at": command.at, "left": left.text, "operator": operator.text, "right": right.text} if {
	some command in input.commands
	command.program in {"[", "test", "[["}
	some index, operator in command.words
	operator.text in {"=", "==", "!=", "-eq", "-ne", "-lt", "-gt", "-le", "-ge"}
	index > 0
	left := command.words[index - 1]
	right := command.words[index + 1]
	_is_constant(left)
	_is_constant(right)
	not _is_arithmetic(command, operator.text, left.text, right.text)
	_may_be_name(left.text, right.text)
}

# `[ 22.04 = 24.04 ]` was filled in by a template: no `$` makes a variable of a version.
_may_be_name(left, right) if {
	some text in [left, right]
	trim(lower(text), "abcdefghijklmnopqrstuvwxyz0123456789_") == ""
	trim(text, "0123456789") != ""
}

# Between `[[` and `]]`, a name beside `-eq` and its like is the value of its variable.
_is_arithmetic(command, operator, left, right) if {
	command.program == "[["
	operator in {"-eq", "-ne", "-lt", "-gt", "-le", "-ge"}
	trim(concat("", [left, right]), "0123456789-+") != ""
}

# What GitHub fills in is a constant only after it was filled in, and a glob is compared as a pattern.
_is_constant(word) if {
	word.is_literal
	not contains(word.text, "${{")
	not contains(word.text, "$")
	not contains(word.text, "*")
	not word.text in {"]", "]]"}
}
