# METADATA
# title: Untrusted value in the host of a request
# description: |
#   Whoever writes the value decides which server the runner asks, and what it sends there: services of the runner's own network, or a server that logs the
#   token. Off by default.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "attacker-controlled `${name}` decides which server `{program}` asks"
#   remediation: "Write the host, and check the rest against what you expect."
#   aliases:
#     - codeql:RequestForgery
#   default: off
package rules.workflow["request-forgery"]

deny contains {"at": command.at, "name": name, "program": command.program} if {
	some command in input.commands
	command.source == "step"
	command.program in {"curl", "wget"}
	not _hands_over(command)
	some step in input.index.steps_by_at[command.step]
	some word in command.words
	some name in word.reads
	name in step.untrusted_env
	some start in ["$", "\"$", "${", "\"${", "https://$", "\"https://$", "https://${", "\"https://${"]
	startswith(word.text, concat("", [start, name]))
}

# One of its words is a value of these.
_hands_over(command) if {
	some flag in ["-d", "--data", "--data-raw", "--data-binary", "--data-urlencode", "-F", "--form", "-H", "--header", "-u", "--user", "--post-data"]
	command.flags[flag]
}
