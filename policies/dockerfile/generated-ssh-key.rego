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
	command.source in {"run", "heredoc"}
	some stage in input.index.stages_by_at[command.stage]
	stage.is_final
	some flag in ["-t", "-A", "-N"]
	command.flags[flag]
}
