# METADATA
# title: Variable lost after RUN
# description: |
#   Each `RUN` is a separate shell: what it exports, sources or defines, and the folder that it changes to, is gone when it ends.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{shown}` has no effect after this `RUN`"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `ENV NAME=value` instead of `export`, `WORKDIR` instead of `cd`, and `ENV PATH=/venv/bin:$PATH` instead of sourcing `/venv/bin/activate`.
#     Replace an alias with a link in `/usr/local/bin`. Set a computed value, a `umask` or a sourced script in the `RUN` that needs it.
package rules.dockerfile["lost-export"]

deny contains {"at": command.at, "shown": _shown(command), "advice": _advice(command)} if {
	some command in input.commands
	command.program in {"export", "source", ".", "alias", "umask", "cd", "pushd"}
	command.source in {"run", "heredoc"}
	not command.in_function
	not command.in_condition
	command.is_final
	not _may_do_more(command)
	not _asks_for_a_folder(command)
}

# `make && cd src` fails where the folder is not there, which may be what is asked; alone it does nothing else.
_asks_for_a_folder(command) if {
	command.program in {"cd", "pushd"}
	count([other | some other in input.index.commands_by_script[command.script]; other.depth == command.depth]) > 1
}

# A script that is read may do anything; the ones that set an environment up are known by their names.
_may_do_more(command) if {
	command.program in {"source", "."}
	not _sets_up(command)
}

# What describes the system sets variables and does nothing.
_sets_up(command) if {
	command.args[0] in {"/etc/os-release", "/usr/lib/os-release", "/etc/lsb-release", "/etc/environment", "/etc/default/locale", "/etc/bash.bashrc"}
	count(command.args) == 1
}

_sets_up(command) if {
	some ending in ["/nvm.sh", "/sdkman-init.sh", "/emsdk_env.sh", "/virtualenvwrapper.sh", "/activate", "/.bashrc", "/.profile", "/.bash_profile", "/etc/profile", "/.cargo/env", "/setvars.sh"]
	endswith(command.args[0], ending)
}

_shown(command) := text if {
	text := concat(" ", array.concat([command.program], [word.text | some word in command.words]))
	count(text) < 80
	not contains(text, "`")
	not contains(text, "\n")
} else := command.program

# The environment of Python is its folder of programs.
_advice(command) := sprintf("Write `WORKDIR %s`.", [command.args[0]]) if {
	command.program in {"cd", "pushd"}
	count(command.args) == 1
} else := sprintf("Write `ENV PATH=%s:$PATH`.", [trim_suffix(command.args[0], "/activate")]) if {
	endswith(command.args[0], "/bin/activate")
	startswith(command.args[0], "/")
	command.program in {"source", "."}
} else := sprintf("Link it instead: `ln -s \"$(command -v %s)\" /usr/local/bin/%s`.", [side[1], side[0]]) if {
	command.program == "alias"
	count(command.words) == 1
	side := split(command.words[0].text, "=")
	count(side) == 2
	_is_program(side[0])
	_is_program(side[1])
} else := sprintf("Remove it: `%s` sets it further down.", [_later(command)[0]]) if {
	count(_later(command)) > 0
} else := sprintf("Write `ARG %s`, which holds for the build alone.", [command.words[0].text]) if {
	command.program == "export"
	count(command.words) == 1
	startswith(command.words[0].text, "DEBIAN_FRONTEND=")
	not contains(command.words[0].text, "$")
} else := sprintf("Write `ENV %s`.", [command.words[0].text]) if {
	command.program == "export"
	count(command.words) == 1
	text := command.words[0].text
	contains(text, "=")
	not endswith(text, "=")
	not contains(text, "$(")
	not contains(text, "`")
	not contains(text, " ")
} else := "Set it in the `RUN` of the command that needs it, before that; `ENV` runs no command." if {
	command.program == "export"
	_sets_computed(command)
} else := "Use `ENV`, or set it in the same `RUN`, before the command that needs it."

# The instructions of the stage that set the same variable behind it to the same value.
_later(command) := [instruction.keyword |
	command.program == "export"
	count(command.words) == 1
	side := split(command.words[0].text, "=")
	count(side) == 2
	some own in input.index.instructions_by_at[command.instruction]
	some variable in input.index.variables_by_stage[command.stage]
	variable.name == side[0]
	variable.value == side[1]
	some instruction in input.index.instructions_by_at[variable.at]
	instruction.keyword in {"ENV", "ARG"}
	instruction.number > own.number
]

_is_program(name) if {
	name != ""
	trim(name, "abcdefghijklmnopqrstuvwxyz0123456789_.-") == ""
}

_sets_computed(command) if {
	some word in command.words
	_is_computed(word.text)
}

_is_computed(text) if contains(text, "$(")

_is_computed(text) if contains(text, "`")
