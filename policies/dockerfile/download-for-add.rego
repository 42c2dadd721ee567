# METADATA
# title: Download instead of ADD
# description: |
#   `ADD` downloads a plain file itself, verifies it with `--checksum`, and needs no tool in the image. Where the file is unpacked, run or deleted in the
#   same `RUN`, a command is the better way.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#add
# custom:
#   severity: info
#   confidence: low
#   category: maintainability
#   message: "`{program}` downloads what `ADD` can"
#   remediation: "Write `ADD --checksum=sha256:… URL /path`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["download-for-add"]

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.program in {"curl", "wget"}
	command.instruction
	command.source in {"run", "heredoc"}
	command.depth == 0
	some word in command.args
	_is_address(word)
	input.sizes.commands_by_instruction[command.instruction] == 1
	_writes_file(command)
}

_is_address(word) if startswith(word, "http://")

_is_address(word) if startswith(word, "https://")

_writes_file(command) if command.program == "wget"

_writes_file(command) if count(command.redirects) > 0

_writes_file(command) if {
	some flag in ["-o", "-O", "--output", "--remote-name", "-J"]
	command.flags[flag]
}
