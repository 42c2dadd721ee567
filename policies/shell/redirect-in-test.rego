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
#   aliases:
#     - hadolint:SC2065
#     - hadolint:SC2073
#     - shellcheck:SC2065
#     - shellcheck:SC2073
package rules.shell["redirect-in-test"]

deny contains {"at": redirect.at, "operator": redirect.operator, "program": command.program, "file": redirect.target, "does": _does[redirect.operator], "advice": _advice(redirect)} if {
	some command in input.commands
	command.program in {"[", "test"}
	some redirect in command.redirects
	redirect.operator in {">", "<"}
	_is_operand(redirect.target)
	count(command.words) == _sides[command.program]
	not startswith(command.words[0].text, "-")
}

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
