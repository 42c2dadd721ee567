# METADATA
# title: Passwordless sudo
# description: |
#   `NOPASSWD: ALL` lets a user run anything as root without a password. An attacker who takes over the program becomes root with one more command, so
#   `USER` protects nothing.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`NOPASSWD: ALL` lets an unprivileged user become root with `sudo`"
#   remediation: Remove the rule, or list the few commands that need root instead of `ALL`.
package rules.dockerfile["passwordless-sudo"]

import data.lib.packages

deny contains {"at": found[0].at} if {
	some command in input.commands
	command.instruction
	some written in command.words
	contains(written.text, "NOPASSWD:")
	packages.reaches_image(command)
	found := [word |
		some number, word in command.words
		_grants(_rule(command, number, word.text))
	]
	count(found) > 0
	not _is_said(command)
}

# Without quotes the rule is several words: `%sudo ALL=NOPASSWD: ALL`.
_rule(command, number, text) := concat(" ", [text, command.words[number + 1].text]) if endswith(text, "NOPASSWD:")

_rule(_, _, text) := text if not endswith(text, "NOPASSWD:")

_grants(text) if {
	contains(text, "NOPASSWD:")
	parts := split(text, "NOPASSWD:")
	rest := trim_left(parts[count(parts) - 1], " \t\\")
	startswith(rest, "ALL")
}

# What is written with `sed`: `s/ALL$/NOPASSWD:ALL/` counts as well; the same `RUN` is told once.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.pipeline < command.pipeline
	some number, word in other.words
	_grants(_rule(other, number, word.text))
}
