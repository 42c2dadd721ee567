# METADATA
# title: Redirection in a test
# description: |
#   `[` and `test` compare numbers with `-gt` and `-lt`: `>` writes a file that is named like the right side, and the test asks only whether the left side
#   is empty. `<` reads such a file, and fails where there is none.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2073
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{operator}` in `{program}` {does} the file `{file}` instead of comparing"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `-gt` for `>` and `-lt` for `<`. Numbers with a fraction cannot be compared in `[`; `\>` and `\<` compare them as text.
#   aliases:
#     - {id: hadolint:SC2065, when: {program: test}}
#     - {id: hadolint:SC2071, when: {program: "[", is_of_numbers: true}}
#     - {id: hadolint:SC2073, when: {program: "["}, unless: is_of_numbers}
#     - {id: shellcheck:SC2065, when: {program: test}}
#     - {id: shellcheck:SC2071, when: {program: "[", is_of_numbers: true}}
#     - {id: shellcheck:SC2073, when: {program: "["}, unless: is_of_numbers}
package rules.shell["redirect-in-test"]

deny contains {"at": redirect.at, "operator": redirect.operator, "program": command.program, "file": redirect.target, "does": _does[redirect.operator], "is_of_numbers": _is_of_numbers(redirect), "advice": _advice(redirect)} if {
	some command in input.commands
	command.program in {"[", "test"}
	some redirect in command.redirects
	redirect.operator in {">", "<"}
	_is_operand(redirect.target)
	count(command.words) == _sides[command.program]
	not startswith(command.words[0].text, "-")
}

# Whether a number is written on the right.
_is_of_numbers(redirect) if {
	not startswith(redirect.target, "$")
} else := false

# One operand, and the closing bracket.
_sides := {"[": 2, "test": 1}

_does := {">": "writes", "<": "reads"}

_is_operand(text) if startswith(text, "$")

_is_operand(text) if {
	text != ""
	trim(text, "0123456789.") == ""
}

_advice(redirect) := sprintf("Write `%s`.", [{">": "-gt", "<": "-lt"}[redirect.operator]]) if {
	not contains(redirect.target, ".")
} else := sprintf("Write `\\%s`, which compares texts; `[` compares no fractions.", [redirect.operator])
