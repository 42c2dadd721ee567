# METADATA
# title: Deprecated apt-key
# description: |
#   `apt-key` was removed in Debian 13 and Ubuntu 24.10. A key that it adds is trusted for every repository, not only for the one it belongs to.
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
