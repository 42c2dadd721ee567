# METADATA
# title: Hard-coded password in a command
# description: |
#   A password that a build sets is the same in every container, and stays readable in the history of the image.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{program}` sets a password that stays in the image"
#   remediation: Leave the account without a password, and pass credentials when the container starts.
#   aliases:
#     - checkov:CKV2_DOCKER_17
#     - dockle:DKL-LI-0001
package rules.shell["password-on-command-line"]

import data.lib.commands

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.program in {"chpasswd", "useradd", "usermod", "adduser", "passwd"}
	command.instruction
	_sets_password(command)
}

_sets_password(command) if command.program == "chpasswd"

_sets_password(command) if {
	command.program in {"useradd", "usermod", "adduser"}
	some flag in ["-p", "--password"]
	is_string(command.flags[flag])
	not command.flags[flag] in {"", "*", "!", "x"}
}

_sets_password(command) if {
	command.program == "passwd"
	command.place > 0
}

_sets_password(command) if {
	command.program == "passwd"
	"--stdin" in command.flag_list
}
