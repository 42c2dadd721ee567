# METADATA
# title: Recommended packages installed
# description: |
#   Without `--no-install-recommends` apt-get also installs recommended packages: a larger image, with more to patch.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: "`{program} install` also installs recommended packages"
#   remediation: Add `--no-install-recommends`.
#   aliases:
#     - when: {manager: apt-get}
#       ids:
#         - hadolint:DL3015
#         - trivy:DS-0029
#         - kics:apt_get_not_avoiding_additional_packages
#         - kics:apt_get_without_no_recommends_flag
#         - semgrep:missing-no-install-recommends
#         - dockerfilelint:apt-get_recommends
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["recommended-packages"]

deny contains {"at": command.at, "field": "program", "program": command.program, "manager": command.manager} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	command.manager in {"apt-get", "apt"}
	command.action == "install"
	not command.flags["--no-install-recommends"]
	not _is_configured_off(command)
}

_is_configured_off(command) if {
	some word in command.words
	contains(lower(word.text), "install-recommends=")
}
