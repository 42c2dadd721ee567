# METADATA
# title: Unquoted variable
# description: |
#   The shell splits the value of an unquoted variable at whitespace and expands globs in it, so a value with a space becomes two arguments, and an empty
#   one none.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2086
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "unquoted `{expansion}` is subject to word splitting and globbing"
#   remediation: "Write `\"{expansion}\"` unless it holds several words, or may be empty."
#   once: true
#   habit: true
#   aliases:
#     - hadolint:SC2086
#     - shellcheck:SC2086
package rules.shell["unquoted-variable"]

import data.lib.commands

deny contains {"at": variable.at, "about": command.document, "expansion": variable.expansion, "minor": _is_minor(command, variable)} if {
	some command in input.commands
	count(command.unquoted) > 0
	command.is_parsed
	not command.program in {"[[", "let", "export", "declare", "local", "readonly", "typeset", ":"}
	some variable in command.unquoted
	not variable.is_one_word
	not variable.is_several
	not variable.name in {"@", "*", "_"}
	not _has_other_operator(variable)
	not _is_list(command, variable)
	not _sets_arguments(command, variable)
	not _is_inner(command)
	not _is_flags(variable)
	not _is_plural(variable)
	not _is_narrow(variable)
	not _is_inherited(command, variable)
	not _is_program(variable)
}

# `${nproc}` is no variable to quote: `$(nproc)` was meant.
_is_program(variable) if {
	commands.names_program(variable.name)
	not variable.is_declared
}

# What is printed loses its further spaces at most.
_is_minor(command, variable) if {
	_is_expected(command, variable)
} else := false

_is_expected(command, _) if command.program in {"echo", "printf"}

# What a build of an image is given is its author's own, and who writes it knows what it holds; what a script finds out is not.
_is_expected(command, variable) if {
	command.instruction
	not _is_found_out(command, variable)
}

_is_found_out(command, variable) if {
	some other in input.index.commands_by_script[command.script]
	variable.name in other.assigns
}

# A number, a version or a sum holds neither blanks nor wildcards.
_is_narrow(variable) if upper(variable.name) in {"VERSION", "ID", "UID", "GID", "PORT", "ARCH", "SHA", "SHA256", "MAJOR", "MINOR", "PID", "PIDS"}

_is_narrow(variable) if {
	some end in ["_VERSION", "_NUMBER", "_ID", "_UID", "_GID", "_PORT", "_SHA", "_SHA256", "_DIGEST", "_COUNT", "_ARCH", "_MAJOR", "_MINOR", "_PID", "_CHECKSUM"]
	endswith(upper(variable.name), end)
}

# Names of repositories, branches and accounts, hashes and tokens, which GitHub sets: none holds a blank or what a glob is made of.
_is_narrow(variable) if variable.name in {
	"GITHUB_ACTOR", "GITHUB_API_URL", "GITHUB_BASE_REF", "GITHUB_EVENT_NAME", "GITHUB_HEAD_REF", "GITHUB_REF", "GITHUB_REF_NAME", "GITHUB_REF_TYPE", "GITHUB_REPOSITORY",
	"GITHUB_REPOSITORY_LC", "GITHUB_REPOSITORY_OWNER", "GITHUB_RUN_ATTEMPT", "GITHUB_SERVER_URL", "GITHUB_TRIGGERING_ACTOR", "RUNNER_ARCH", "RUNNER_OS",
}

# The runner's Java is where no folder has a space in its name.
_is_narrow(variable) if {
	startswith(variable.name, "JAVA_HOME")
	trim_prefix(variable.name, "JAVA_HOME") in {"", "_8_X64", "_11_X64", "_17_X64", "_21_X64", "_25_X64"}
}

_is_narrow(variable) if {
	some end in ["_TOKEN", "_TOKEN_ID"]
	endswith(upper(variable.name), end)
}

# A variable that is named for several things is meant to be split.
_is_plural(variable) if {
	variable.is_whole
	some end in ["_PKGS", "_PACKAGES", "_FILES", "_LIST", "_TARGETS", "_MODULES", "_DEPS", "_PROJECTS", "_TASKS"]
	endswith(upper(variable.name), end)
}

# What a RUN reads and nothing above it declares is set by the base image, to a folder, a version, a name; or it is empty.
_is_inherited(command, variable) if {
	command.instruction
	not variable.is_declared
	variable.name == upper(variable.name)
	some stage in input.index.stages_by_at[command.stage]
	stage.has_base
}

# A variable that is named for flags holds several, or none.
_is_flags(variable) if {
	variable.is_whole
	some end in ["FLAG", "FLAGS", "ARGS", "ARGUMENTS", "OPTS", "OPTIONS", "OPTION", "PARAMS", "_ARG", "_OPT"]
	endswith(upper(variable.name), end)
}

# `set -- $line` makes arguments of the words.
_sets_arguments(command, variable) if {
	command.program == "set"
	variable.is_whole
}

# In `sh -c "… $name"` it is the outer shell that puts the value in, and quotes are escaped there.
_is_inner(command) if command.holding == "script"

# A list of packages is kept in one variable, and meant to be split.
_is_list(command, variable) if {
	command.manager
	variable.is_whole
}

_is_list(command, variable) if {
	command.program == "apt-mark"
	variable.is_whole
}

# `${name:-}` alone in its word is an argument that may be missing.
_has_other_operator(variable) if {
	variable.is_whole
	variable.operator in {":-", "-"}
}

# `${#name}` is a number, `${name:+…}` gives other words, and a list is meant to be many.
_has_other_operator(variable) if {
	some start in ["#", "+", ":+", "[@]", "[*]"]
	startswith(variable.operator, start)
}
