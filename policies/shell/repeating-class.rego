# METADATA
# title: Misleading bracket expression
# description: |
#   Unquoted brackets match one of the characters in them, so `pip install tool[all]` looks for a file `toola` or `tooll` first, and `file[10-15]` is not
#   the range that it seems.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2102
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "`{text}` is a glob that matches one character{effect}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Quote the whole word, as in `pip install 'tool[all]'`; use double quotes if it contains a variable. For a range of numbers, list them one by one,
#     or use brace expansion in bash.
#   aliases:
#     - hadolint:SC2102
#     - shellcheck:SC2102
package rules.shell["repeating-class"]

deny contains {"at": construct.at, "text": construct.text, "effect": _effect(construct), "advice": _advice(construct), "minor": _is_minor(construct)} if {
	some construct in input.constructs
	construct.kind == "repeating-class"
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}

_effect(construct) := ", and no range of numbers" if _is_range(construct.text)

_effect(construct) := ": if a file of such a name exists, the program gets that name" if not _is_range(construct.text)

# The extras of a Python package: no file is called like that.
_is_minor(construct) if {
	not _is_range(construct.text)
} else := false

_advice(construct) := "List the numbers one by one, or as `{10..15}` in bash." if _is_range(construct.text)

_advice(construct) := sprintf("Write `\"%s\"`.", [_words(construct)[0]]) if {
	not _is_range(construct.text)
	count(_words(construct)) > 0
}

_advice(construct) := sprintf("Put the whole word that `%s` is in into double quotes.", [construct.text]) if {
	not _is_range(construct.text)
	count(_words(construct)) == 0
}

_is_range(text) if trim(text, "[0123456789-]") == ""

# The whole words that hold it, if nothing in them would end the quotes.
_words(construct) := [word.text |
	some command in input.index.commands_by_script[construct.script]
	some word in command.words
	contains(word.text, construct.text)
	word.quote == "none"
	not contains(word.text, "\"")
]
