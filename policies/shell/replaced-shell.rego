# METADATA
# title: System shell replaced
# description: |
#   `SHELL` selects the shell of a build. A link in place of `/bin/sh` changes it for every script of the system as well.
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
	_replaces(command)
	not _has_no_shell(command)
	not _is_posix(command)
}

# What the distribution has there anyway, and what is as strict as that.
_is_posix(command) if {
	count(command.args) == 2
	parts := split(command.args[0], "/")
	parts[count(parts) - 1] in {"dash", "busybox", "ash"}
}

_replaces(command) if command.program in {"mv", "cp"}

_replaces(command) if command.flags["-f"]

_replaces(command) if command.flags["--force"]

# Without `-f`, `ln` fails if there is a shell, unless something took it away before.
_replaces(command) if {
	some other in input.index.commands_by_script[command.script]
	other.program in {"rm", "mv", "unlink", "dpkg-divert"}
	some word in other.args
	word in {"/bin/sh", "/usr/bin/sh"}
}

# An image without a shell gets one.
_has_no_shell(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some name in ["distroless", "scratch", "chainguard/static"]
	contains(object.get(stage, "base_image", stage.base), name)
}

deny contains {"at": command.at, "names_no_target": true} if {
	some command in input.commands
	command.instruction
	command.program == "ln"
	count(command.args) == 1
	command.args[0] in {"/bin/bash", "/bin/zsh"}
	command.flags["-f"]
}
