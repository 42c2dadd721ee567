# METADATA
# title: Comment swallows commands
# description: |
#   The builder joins continued lines before the shell sees them. A comment after a command then extends to the end of the whole script, and nothing after
#   it runs. A comment on a line of its own is removed before.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#format
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: the continued lines behind this comment become part of it and never run
#   remediation: Move the comment to a line of its own.
package rules.dockerfile["swallowing-comment"]

deny contains {"at": instruction.swallowing_comment.at} if {
	some instruction in input.instructions
	instruction.swallowing_comment
	not _is_on_windows(instruction)
}

_is_on_windows(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_windows
}
