# METADATA
# title: apt used in a script
# description: |
#   `apt` is meant for interactive use: its output and options may change between releases. `apt-get` and `apt-cache` are stable for scripts.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "`apt` has no stable command-line interface for scripts"
#   remediation: "Write `{better}`."
#   aliases:
#     - hadolint:DL3027
#     - checkov:CKV_DOCKER_9
#     - kics:run_using_apt
#     - semgrep:prefer-apt-get
#   once: true
package rules.dockerfile["apt-in-script"]

deny contains {"at": command.at, "field": "program", "better": _better(command)} if {
	some command in input.commands
	command.instruction
	command.program == "apt"
	not _is_said(command)
}

# Once a `RUN` is enough.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == "apt"
	other.pipeline < command.pipeline
}

_better(command) := concat(" ", ["apt-cache", command.args[0]]) if command.args[0] in {"search", "show", "policy", "depends", "rdepends", "showsrc"}

_better(command) := "apt-mark" if command.args[0] in {"hold", "unhold"}

_better(command) := "dpkg --list" if command.args[0] == "list"

_better(command) := concat(" ", ["apt-get", command.args[0]]) if not command.args[0] in {"search", "show", "policy", "depends", "rdepends", "showsrc", "hold", "unhold", "list"}
