# METADATA
# title: Unchecked cd
# description: |
#   If `cd` fails, the commands after it run in the wrong folder.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2164
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: if `cd` fails, the following commands run in the wrong folder
#   remediation: Join them with `&&`, write `cd … || exit 1`, or begin the script with `set -e`.
#   aliases:
#     - hadolint:SC2164
#     - shellcheck:SC2164
package rules.shell["unchecked-cd"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.program in {"cd", "pushd"}
	not command.is_errexit
	command.list_after == ";"
	not command.in_condition
	not _is_safe(command)
}

_is_safe(command) if {
	every letter in split(concat("", command.args), "") {
		letter in {".", "/"}
	}
}
