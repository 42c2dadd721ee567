# METADATA
# title: Deprecated apt-key
# description: |
#   `apt-key` is gone from Debian 13 and Ubuntu 24.10, and a key that it adds signs for every repository, not for the one it came with.
# related_resources:
#   - https://manpages.debian.org/bookworm/apt/apt-key.8.en.html
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`apt-key` trusts the key for every repository"
#   remediation: Put the key under `/etc/apt/keyrings`, and name it with `signed-by` in the source list.
package rules.dockerfile["apt-key"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.program == "apt-key"
	command.instruction
	command.args[0] in {"add", "adv"}
}
