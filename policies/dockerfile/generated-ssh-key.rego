# METADATA
# title: SSH key generated in the build
# description: |
#   All containers of the image share the same private key, and everyone who can pull the image has it.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "every container of this image shares the private key that `{program}` generates here"
#   remediation: Generate the key when the container starts, or mount it.
package rules.dockerfile["generated-ssh-key"]

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	command.program == "ssh-keygen"
	command.instruction
	_generates(command)
	beside := [other.pipeline | some other in input.index.commands_by_instruction[command.instruction]; other.program == "ssh-keygen"; _generates(other)]
	min(beside) == command.pipeline
	not _is_removed(command)
}

_generates(command) if {
	command.source in {"run", "heredoc"}
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
	some flag in ["-t", "-A", "-N"]
	command.flags[flag]
	not _asks(command)
}

# Only looks for a host, or derives the public half.
_asks(command) if {
	some flag in ["-F", "-R", "-y", "-l", "-H"]
	command.flags[flag]
}

# Only the public half or nothing is kept.
_is_removed(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"rm", "shred"}
	other.pipeline > command.pipeline
	some word in other.args
	_is_key(command, word)
}

_is_key(command, word) if word in command.args

_is_key(command, word) if command.flags["-f"] == word

_is_key(_, word) if {
	some part in ["ssh_host_", "/.ssh/id_", "/.ssh/*"]
	contains(word, part)
}
