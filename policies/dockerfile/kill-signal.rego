# METADATA
# title: Uncatchable stop signal
# description: |
#   `SIGKILL` and `SIGSTOP` cannot be caught: the program gets no chance to finish its work.
# custom:
#   severity: warning
#   confidence: high
#   category: reliability
#   message: "no program can handle `{signal}`"
#   remediation: Use a signal that the program handles, such as `SIGTERM` or `SIGQUIT`.
package rules.dockerfile["kill-signal"]

deny contains {"at": instruction.at, "field": "arguments.0", "signal": instruction.arguments[0].text} if {
	some instruction in input.instructions
	instruction.keyword == "STOPSIGNAL"
	instruction.arguments[0].is_known
	not _is_on_scratch(instruction)
	upper(instruction.arguments[0].value) in {"SIGKILL", "KILL", "9", "SIGSTOP", "STOP", "19"}
}

# One program without a shell, whose author knows that it handles no signal.
_is_on_scratch(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.starting_image == "scratch"
}
