# METADATA
# title: Background process in RUN
# description: |
#   A layer holds files, not processes: what `RUN` starts in the background is killed when the `RUN` ends, perhaps in the middle of its work.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "the process that `{program}` starts does not survive this `RUN`"
#   remediation: Start it in `CMD` or `ENTRYPOINT`, or use it in the same `RUN`; if only the files that it writes are wanted, stop it in the same `RUN`.
package rules.dockerfile["background-process"]

deny contains {"at": command.at, "field": "program", "program": command.program} if {
	some command in input.commands
	command.list_after == "&"
	command.source in {"run", "heredoc"}
	command.is_parsed
	not command.holder
	not command.in_function
	command.is_final
}

# A service that is started last, too: `service` and `systemctl start` leave it in the background.
deny contains {"at": command.at, "field": "program", "program": concat(" ", array.concat([command.program], command.args))} if {
	some command in input.commands
	command.program in {"service", "systemctl", "rc-service"}
	command.source in {"run", "heredoc"}
	not command.holder
	not command.in_condition
	_starts(command)
	command.is_final
}

_starts(command) if {
	command.program == "service"
	command.args[1] in {"start", "restart"}
}

_starts(command) if {
	command.program != "service"
	"start" in command.args
}
