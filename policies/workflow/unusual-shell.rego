# METADATA
# title: Unusual shell
# description: |
#   GitHub documents `bash`, `sh`, `pwsh`, `powershell`, `cmd` and `python`. A script for `cmd` is hard to quote safely, and one for a program of your own
#   (`tcc -run {0}`) is read by no tool that looks for injections. Off by default.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsshell
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "the script runs in `{shell}`{why}"
#   remediation: "Write it for `bash`, `pwsh` or `python`, or call the program from such a script."
#   aliases:
#     - zizmor:misfeature
#   default: off
#   profiles: [pedantic]
package rules.workflow["unusual-shell"]

deny contains {"at": step.at, "field": "shell", "shell": step.shell, "why": ", which has no safe way to quote a value"} if {
	some step in input.steps
	step.run
	step.shell == "cmd"
}

deny contains {"at": step.at, "field": "shell", "shell": step.shell, "why": ", which tools cannot check"} if {
	some step in input.steps
	step.run
	contains(step.shell, "{0}")
	not _is_known(split(step.shell, " ")[0])
}

_is_known(program) if program in {"bash", "sh", "pwsh", "powershell", "python", "python3"}

_is_known(program) if endswith(program, "/bash")

_is_known(program) if endswith(program, "/sh")
