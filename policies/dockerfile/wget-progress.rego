# METADATA
# title: wget progress bar
# description: |
#   A progress bar fills the log of the build with thousands of lines.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`wget` writes a progress bar into the build log"
#   remediation: "Add `--progress=dot:giga` or `-nv`."
#   aliases:
#     - hadolint:DL3047
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["wget-progress"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.program == "wget"
	not _is_quiet(command)
}

_is_quiet(command) if {
	some flag in ["-q", "--quiet", "-nv", "--no-verbose", "-o", "-a", "--output-file", "--append-output", "--progress"]
	command.flags[flag]
}

_is_quiet(command) if {
	some flag in command.flag_list
	startswith(flag, "--progress")
}

_is_quiet(command) if {
	some flag in command.flag_list
	flag == "-nv"
}
