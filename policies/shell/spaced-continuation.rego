# METADATA
# title: Space after a line continuation
# description: |
#   A backslash continues a line only as its very last character. Followed by a space it escapes that space: at the end of a line the next one is a
#   separate command, and before a command the space becomes part of its name, which does not exist.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC1101
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Remove the space after the backslash. Before a command, remove the backslash, or end the line with it.
#   aliases:
#     - hadolint:SC1101
#     - shellcheck:SC1101
package rules.shell["spaced-continuation"]

deny contains {"at": construct.at, "problem": _problem(construct.kind), "advice": _advice(construct.kind)} if {
	some construct in input.constructs
	construct.kind in {"spaced-continuation", "escaped-space"}
	construct.shell in {"sh", "bash", "dash", "ash", "ksh"}
}

_problem("spaced-continuation") := "a space follows the backslash, so the line ends here"

_problem("escaped-space") := "the backslash makes the space part of the command's name, which does not exist"

_advice("spaced-continuation") := "Remove the space after the backslash."

_advice("escaped-space") := "Remove the backslash, or end the line with it."
