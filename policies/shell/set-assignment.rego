# METADATA
# title: Assignment with set
# description: |
#   In a POSIX shell `set NAME=value` assigns nothing: it makes `NAME=value` the first positional parameter. `set` assigns in csh and in Windows' command interpreter.
# related_resources:
#   - https://www.gnu.org/software/bash/manual/html_node/The-Set-Builtin.html
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`set` assigns nothing: `{name}` stays as it is, and `$1` becomes `{name}=…`"
#   remediation: "Write `{name}=…` without `set`."
#   aliases:
#     - shellcheck:SC2121
package rules.shell["set-assignment"]

deny contains {"at": command.at, "field": "program", "name": name} if {
	some command in input.commands
	command.program == "set"
	command.shell in {"sh", "bash", "dash", "ash", "ksh", "zsh"}
	count(command.flag_list) == 0
	count(command.args) == 1
	command.words[0].text == command.args[0]
	parts := split(command.args[0], "=")
	count(parts) > 1
	name := parts[0]
	name != ""
	trim(name, "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_") == ""
}
