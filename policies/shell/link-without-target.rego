# METADATA
# title: ln without a link name
# description: |
#   `ln` with one argument creates the link in the current folder; most likely the link name is missing.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2226
# custom:
#   severity: warning
#   confidence: medium
#   once: true
#   category: correctness
#   message: "`ln` with one argument creates the link in the current folder"
#   remediation: Write the link name, or `.` for the current folder.
#   aliases:
#     - hadolint:SC2226
#     - shellcheck:SC2226
package rules.shell["link-without-target"]

deny contains {"at": command.at, "about": command.script, "minor": _is_minor(command)} if {
	some command in input.commands
	command.program == "ln"
	count(command.args) == 1
	count(command.words) < 4
	not command.flags["-t"]
	not command.flags["--target-directory"]
	not command.flags["--version"]
	not command.flags["--help"]
	every word in command.words {
		word.is_literal
		not contains(word.text, "*")
		not contains(word.text, "{")
	}
}

# Who goes to a folder first wants the link there.
_is_minor(command) if {
	_is_behind_cd(command)
} else := false

_is_behind_cd(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {"cd", "pushd"}
	other.pipeline < command.pipeline
}
