# METADATA
# title: "&& and || used as if-else"
# description: |
#   `a && b || c` is no `if`: where `a` holds and `b` fails, `c` runs as well.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2015
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "in `… && {middle} || {program}`, `{program}` also runs when `{middle}` fails"
#   remediation: Write `if a; then b; else c; fi`.
#   aliases:
#     - hadolint:SC2015
#     - shellcheck:SC2015
package rules.shell["and-or-chain"]

deny contains {"at": other.at, "program": other.program, "middle": object.get(command, "program", "…"), "related": [{"at": command.at, "message": "if this fails"}]} if {
	some command in input.commands
	command.list == "&&"
	command.list_after == "||"
	command.is_last
	not _cannot_fail(command.program)
	not command.in_condition
	input.sizes.commands_by_script[command.script] < 1000
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	other.depth == command.depth
	other.place == 0
	not _is_fallback(other)
}

_cannot_fail(program) if program in {"echo", "printf", "exit", "return", "true", ":", "export", "[", "test", "[["}

# What ends the script, reports or does nothing is meant for every failure.
_is_fallback(command) if command.program in {"echo", "printf", "exit", "return", "true", ":", "false", "cat", "kill", "sync", "sleep"}

_is_fallback(command) if command.list_after == "||"
