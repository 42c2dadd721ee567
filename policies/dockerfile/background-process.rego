# METADATA
# title: Process that ends with its RUN
# description: |
#   Nothing of a running process is in a layer: what `RUN` leaves in the background is killed when the `RUN` ends, perhaps in the midst of its work.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program}` is killed when this `RUN` ends"
#   remediation: "Start it in `CMD` or `ENTRYPOINT`, or use it in the same `RUN`."
package rules.dockerfile["background-process"]

deny contains {"at": commands[last].at, "field": "program", "program": commands[last].program} if {
	some instruction in input.instructions
	instruction.keyword == "RUN"
	commands := input.index.commands_by_instruction[instruction.at]
	last := count(commands) - 1
	commands[last].list_after == "&"
	commands[last].source in {"run", "heredoc"}
	commands[last].is_parsed
	not commands[last].holder
	not commands[last].in_function
}
