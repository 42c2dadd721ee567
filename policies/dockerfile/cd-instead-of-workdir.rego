# METADATA
# title: cd instead of WORKDIR
# description: |
#   `cd` lasts for its own `RUN` only; the next instruction starts in the `WORKDIR` again.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`cd {folder}` has no effect beyond this `RUN`"
#   remediation: "Use `WORKDIR {folder}`."
#   aliases:
#     - hadolint:DL3003
#     - trivy:DS-0013
#     - {id: kics:run_command_cd_instead_of_workdir, when: is_in_final_stage, unless: is_plain}
#     - semgrep:use-workdir
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["cd-instead-of-workdir"]

import data.lib.stages

deny contains {"at": command.at, "is_in_final_stage": stages.is_in_final(command), "is_plain": _is_plain(command), "folder": concat(" ", command.args)} if {
	some command in input.commands
	command.source == "run"
	command.program == "cd"
	command.depth == 0
	not command.in_function
}

_is_plain(command) if {
	startswith(command.args[0], "/")
	not contains(command.args[0], "..")
} else := false
