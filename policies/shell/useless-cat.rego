# METADATA
# title: Useless use of cat
# description: |
#   A program that reads standard input can read the file directly, without another process.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2002
# custom:
#   severity: info
#   confidence: high
#   category: style
#   default: off
#   message: "`cat {file}` only feeds a pipe"
#   remediation: "Write `command < {file}`, or pass the file as an argument."
#   aliases:
#     - hadolint:SC2002
#     - shellcheck:SC2002
package rules.shell["useless-cat"]

deny contains {"at": command.at, "file": command.args[0]} if {
	some command in input.commands
	command.program == "cat"
	command.place == 0
	not command.is_last
	count(command.args) == 1
	count(command.flag_list) == 0
	not contains(command.args[0], "*")
	not contains(command.args[0], "?")
}
