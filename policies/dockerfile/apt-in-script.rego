# METADATA
# title: apt used in a script
# description: |
#   `apt` is made for people: its output and behaviour may change between releases.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: the output and options of `apt` may change between releases
#   remediation: Use `apt-get` or `apt-cache`.
#   aliases:
#     - hadolint:DL3027
#     - checkov:CKV_DOCKER_9
#     - kics:run_using_apt
#     - semgrep:prefer-apt-get
package rules.dockerfile["apt-in-script"]

deny contains {"at": command.at, "field": "program"} if {
	some command in input.commands
	command.instruction
	command.program == "apt"
}
