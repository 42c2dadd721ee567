# METADATA
# title: Invalid stop signal
# description: |
#   The daemon refuses to start a container whose stop signal it does not know.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#stopsignal
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "unknown signal `{signal}`"
#   remediation: Write a name such as `SIGTERM`, or a number from 1 to 64.
#   aliases:
#     - dockerfile-utils:INVALID_SIGNAL
package rules.dockerfile["invalid-signal"]

deny contains {"at": instruction.at, "field": "arguments.0", "signal": argument.text} if {
	some instruction in input.instructions
	instruction.keyword == "STOPSIGNAL"
	argument := instruction.arguments[0]
	argument.is_known
	not _is_signal(argument.value)
}

_is_signal(text) if {
	trim(text, "0123456789") == ""
	to_number(text) >= 1
	to_number(text) <= 64
}

_is_signal(text) if trim_prefix(upper(text), "SIG") in {
	"ABRT", "ALRM", "BUS", "CHLD", "CLD", "CONT", "FPE", "HUP", "ILL", "INT", "IO", "IOT", "KILL", "PIPE", "POLL", "PROF", "PWR",
	"QUIT", "SEGV", "STKFLT", "STOP", "SYS", "TERM", "TRAP", "TSTP", "TTIN", "TTOU", "UNUSED", "URG", "USR1", "USR2", "VTALRM",
	"WINCH", "XCPU", "XFSZ", "RTMIN", "RTMAX",
}

_is_signal(text) if {
	some start in ["RTMIN+", "RTMAX-"]
	name := trim_prefix(upper(text), "SIG")
	startswith(name, start)
	trim(trim_prefix(name, start), "0123456789") == ""
}
