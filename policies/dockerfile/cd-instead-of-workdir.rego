# METADATA
# title: cd instead of WORKDIR
# description: |
#   `cd` holds for its own `RUN` alone; what comes after it starts where it started.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`cd {folder}` holds for this `RUN` alone"
#   remediation: "Write `WORKDIR`."
#   aliases:
#     - hadolint:DL3003
#     - trivy:DS-0013
#     - kics:run_command_cd_instead_of_workdir
#     - semgrep:use-workdir
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["cd-instead-of-workdir"]

import data.lib.stages

deny contains {"at": command.at, "aliases": stages.aliases(command, _aliases(command)), "folder": concat(" ", command.args)} if {
	some command in input.commands
	command.source == "run"
	command.program == "cd"
	command.depth == 0
	not command.in_function
}

# KICS is content with a plain absolute path.
_aliases(command) := _always if _is_plain(command)

_aliases(command) := array.concat(["kics:run_command_cd_instead_of_workdir"], _always) if not _is_plain(command)

_is_plain(command) if {
	startswith(command.args[0], "/")
	not contains(command.args[0], "..")
}

_always := ["hadolint:DL3003", "trivy:DS-0013", "semgrep:use-workdir"]
