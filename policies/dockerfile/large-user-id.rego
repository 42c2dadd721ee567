# METADATA
# title: Large user id without --no-log-init
# description: |
#   With a large id `useradd` writes a sparse login log of gigabytes, which the layer stores in full.
# custom:
#   severity: warning
#   confidence: high
#   category: performance
#   message: "`useradd` with a large id writes a huge sparse file into the layer"
#   remediation: Add `--no-log-init` (`-l`).
#   aliases:
#     - hadolint:DL3046
#     - kics:use_recommended_flags_with_useradd
package rules.dockerfile["large-user-id"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.program == "useradd"
	not command.flags["-l"]
	not command.flags["--no-log-init"]
	some flag in ["-u", "--uid"]
	_is_large(command.flags[flag])
}

_is_large(value) if {
	count(value) > 5
	trim(value, "0123456789") == ""
}
