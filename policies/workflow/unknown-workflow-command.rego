# METADATA
# title: Unknown workflow command
# description: |
#   The runner reads `::notice::text` in the output of a step as a command, and prints everything else as it
#   is. A command that GitHub does not have, or one without its second `::`, is only text in the log.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-commands
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`::{command}` is not a workflow command{why}, so the line is printed as is"
#   remediation: "Write `::{meant}::` before the text."
#   aliases: []
package rules.workflow["unknown-workflow-command"]

deny contains {"at": command.at, "command": command.name, "why": "", "meant": command.similar} if {
	some step in input.steps
	some command in step.workflow_commands
	not command.is_known
	command.similar
}

deny contains {"at": command.at, "command": command.name, "why": " without the closing `::`", "meant": lower(command.name)} if {
	some step in input.steps
	some command in step.workflow_commands
	command.is_known
	not command.is_closed
	lower(command.name) in {"debug", "error", "group", "notice", "warning", "add-mask", "endgroup"}
}
