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
#   across_files: true
package rules.dockerfile["apt-key"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.program == "apt-key"
	command.instruction
	command.args[0] in {"add", "adv"}
	not _is_said(command)
	not _is_old(command)
}

# Several mirrors of a key, or several keys, in one `RUN` are one finding.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.program == "apt-key"
	other.args[0] in {"add", "adv"}
	other.pipeline < command.pipeline
}

# apt knows `signed-by` since 1.1.
_is_old(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some release in ["jessie", "wheezy", "trusty", "precise", "debian:8", "debian:7", "ubuntu:14.04", "ubuntu:12.04"]
	contains(stage.starting_image, release)
}
