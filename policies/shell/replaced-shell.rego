# METADATA
# title: System shell replaced
# description: |
#   `SHELL` chooses the shell of a build. A link in place of `/bin/sh` changes it for every script of the system as well.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#shell
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`/bin/sh` is replaced, which affects every script in the image"
#   remediation: "Write `SHELL [\"/bin/bash\", \"-c\"]` instead."
#   aliases:
#     - hadolint:DL4005
#     - kics:changing_default_shell_using_run_command
#     - kics:change_default_shell
#     - {id: semgrep:use-shell-instruction, unless: names_no_target}
package rules.shell["replaced-shell"]

deny contains {"at": command.at} if {
	some command in input.commands
	command.instruction
	command.program in {"ln", "mv", "cp"}
	count(command.args) > 1
	command.args[count(command.args) - 1] in {"/bin/sh", "/usr/bin/sh"}
}

deny contains {"at": command.at, "names_no_target": true} if {
	some command in input.commands
	command.instruction
	command.program == "ln"
	count(command.args) == 1
	command.args[0] in {"/bin/bash", "/bin/zsh"}
	command.flags["-f"]
}
