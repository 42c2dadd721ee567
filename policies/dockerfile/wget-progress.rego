# METADATA
# title: wget progress bar
# description: |
#   A progress bar fills the log of the build with thousands of lines.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`wget` writes a progress bar into the build log"
#   remediation: "Add {flag}."
#   how_to_fix: >-
#     Add `--progress=dot:giga` or `-nv`. In Alpine and other BusyBox images, add `-q`.
#   aliases:
#     - hadolint:DL3047
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["wget-progress"]

import data.lib.images

deny contains {"at": command.at, "field": "program", "flag": _flag(command)} if {
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

# BusyBox has a wget of its own.
_flag(command) := "`-q`" if images.is_busybox(command)

_flag(command) := "`--progress=dot:giga` or `-nv`" if not images.is_busybox(command)
