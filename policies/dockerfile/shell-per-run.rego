# METADATA
# title: PowerShell invoked per RUN
# description: |
#   On Windows each `RUN powershell -Command …` starts `cmd` first, which interprets quotes and `%` before PowerShell sees them. `SHELL` sets the shell
#   once for all instructions that follow.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell
# custom:
#   severity: info
#   confidence: medium
#   category: maintainability
#   message: "`RUN` invokes `{program}` for a single instruction"
#   remediation: "Write `SHELL [\"powershell\", \"-Command\", \"…\"]` once, before it."
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - kics:changing_default_shell_using_run_command
package rules.dockerfile["shell-per-run"]

deny contains {"at": instruction.at, "field": "arguments.0", "program": program} if {
	some instruction in input.instructions
	instruction.keyword == "RUN"
	instruction.form == "shell"
	program := instruction.arguments[0].text
	lower(program) in {"powershell", "powershell.exe"}
}
