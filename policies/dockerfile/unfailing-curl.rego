# METADATA
# title: curl without --fail
# description: |
#   Without `--fail` curl exits with 0 when the server answers 404, and the build continues with the error page.
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`curl` without `--fail` saves an error page as if it were the file"
#   remediation: Add `--fail`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unfailing-curl"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.program == "curl"
	command.instruction
	command.source in {"run", "heredoc"}
	not _fails(command)
}

_fails(command) if {
	some flag in ["-f", "--fail", "--fail-with-body", "--fail-early", "-w", "--write-out", "-V", "--version", "-h", "--help", "-K", "--config", "-I", "--head"]
	command.flags[flag]
}
