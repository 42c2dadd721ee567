# METADATA
# title: ShellCheck finding
# description: |
#   Runs the ShellCheck that is installed on every script in sh, bash, dash or ksh: the RUN of a Dockerfile, a here-document, a step of a workflow, a command of
#   a container. Each remark stands where its text stands in the file. Only this rule's own id selects it, not `ALL` and not `shell`, and the run ends with a
#   message where ShellCheck is not installed. The first `shellcheck` on the path is run, or the program that the environment names in `HULLMARK_SHELLCHECK`;
#   no file of the project has a say in that. Much of what ShellCheck finds has a rule of its own here, which needs no other program: with both, a fault is told twice.
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
