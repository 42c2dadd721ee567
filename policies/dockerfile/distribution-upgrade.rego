# METADATA
# title: Distribution upgrade in the build
# description: |
#   The upgrade replaces every package of the base image, with another result each day, and may remove packages that conflict; with zypper it moves to
#   another release. Update the base image instead.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`{program} {action}` upgrades the whole distribution, and may remove packages"
#   remediation: "{advice}"
#   how_to_fix: >-
#     With apt, remove `dist-upgrade` or `full-upgrade`, and build with `docker build --pull`, which fetches the renewed base image. With zypper, remove
#     `zypper dup`, and start from the image of the release that is wanted.
#   across_files: true
#   aliases:
#     - {id: hadolint:DL3005, when: {manager: [apt-get, apt]}}
#     - when: {manager: apt-get}
#       ids: [trivy:DS-0024, kics:run_using_upgrade_commands]
#     - {id: kics:run_using_zypper_update, when: {manager: zypper}}
#     - {id: semgrep:avoid-apt-get-upgrade, when: {manager: apt-get}}
#     - {id: dockle:DKL-DI-0003, when: {manager: [apt-get, apt]}}
#     - {id: dockerfilelint:apt-get-dist-upgrade, when: {manager: apt-get}}
#     - {id: hadolint:DL3035, when: {manager: zypper}}
package rules.dockerfile["distribution-upgrade"]

deny contains {"at": word.at, "program": command.program, "action": word.text, "advice": _advice(command.manager), "manager": command.manager} if {
	some command in input.commands
	command.instruction
	command.source in {"run", "heredoc"}
	some word in command.words
	word.text in {"dist-upgrade", "full-upgrade", "dup"}
	command.manager in {"apt-get", "apt", "zypper"}
}

_advice("zypper") := "Begin with the image of the release that you want."

_advice(manager) := "Remove it, and build with `docker build --pull`: the tag of the base image is renewed with its packages." if manager != "zypper"
