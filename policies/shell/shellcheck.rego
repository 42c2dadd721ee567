# METADATA
# title: ShellCheck finding
# description: |
#   Runs the installed ShellCheck on every script in sh, bash, dash or ksh: the `RUN` of a Dockerfile, a here-document, a step of a workflow, a command of
#   a container. Each of its findings is reported at its place in the file. Only the id of this rule selects it, not `ALL` and not `shell`, and the run
#   ends with a message if ShellCheck is not installed. The first `shellcheck` on the path is run, or the program that the environment variable
#   `HULLMARK_SHELLCHECK` names; no file of the project can change that. Much of what ShellCheck finds has a rule of its own here, which needs no other
#   program: with both, such a finding is reported twice.
# related_resources:
#   - https://www.shellcheck.net/wiki/
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "{code}: {remark}"
#   remediation: "See `https://www.shellcheck.net/wiki/{code}`."
#   default: off
package rules.shell["shellcheck"]

deny contains {"at": remark.at, "code": remark.code, "remark": trim_right(remark.remark, "."), "severity": _severity[remark.level]} if {
	some remark in input.remarks
	remark.program == "ShellCheck"
}

_severity := {"error": "error", "warning": "warning", "info": "info", "style": "info"}
