# METADATA
# title: Failed installation ignored
# description: |
#   Behind `;` the shell continues whether the command before it failed or not, and the build succeeds with what the last command returns. The image
#   then lacks what was to be installed, which shows only when it runs.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#run
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   habit: true
#   message: "the build continues if `{program} {action}` fails"
#   remediation: "Write `&&` for the `;` behind it, or begin the `RUN` with `set -e;`."
#   once: true
#   implied_by: [shell/unquoted-script]
package rules.dockerfile["ignored-install"]

deny contains {"at": command.at, "field": "program", "program": command.program, "action": _action(command)} if {
	some command in input.commands
	command.list_after == ";"
	command.source == "run"
	_installs(command)
	command.is_parsed
	command.is_last
	command.depth == 0
	not command.is_errexit
	not command.holder
	not command.in_condition
	not command.in_function
	not command.in_subshell
	not command.is_tail
	not command.is_negated
	input.sizes.commands_by_script[command.script] < 500
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	other.list == ";"
	not _is_windows(command)
	not _asks(command)
}

_installs(command) if {
	command.action == "install"
	command.manager in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper", "pip", "npm", "yarn", "pnpm", "gem", "composer", "conda", "mamba", "go", "cargo"}
}

_installs(command) if {
	command.program in {"composer", "bundle"}
	command.args[0] in {"install", "require"}
}

_action(command) := command.args[0] if {
	count(command.args) > 0
} else := "install"

# What comes next looks at the exit status.
_asks(command) if {
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	some word in other.words
	contains(word.text, "$?")
}

_is_windows(command) if {
	some stage in input.index.stages_by_at[command.stage]
	stage.is_windows
}
