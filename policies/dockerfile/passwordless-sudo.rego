# METADATA
# title: Passwordless sudo
# description: |
#   `NOPASSWD: ALL` lets a user run anything as root without a password. An attacker who takes over the program becomes root with one more command, so
#   `USER` protects nothing. Development containers and the users of `abuild` and `makepkg` are not reported.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "a `NOPASSWD` rule for every command lets an unprivileged user become root with `sudo`"
#   remediation: Remove the rule, or list the few commands that need root instead of `ALL`.
#   across_files: true
package rules.dockerfile["passwordless-sudo"]

import data.lib.packages
import data.lib.stages

deny contains {"at": found[0].at, "minor": _is_minor(command)} if {
	some command in input.commands
	command.instruction
	_speaks_of_rules(command)
	packages.reaches_image(command)
	found := [word |
		some number, word in command.words
		_grants(_rule(command, number, word.text))
	]
	count(found) > 0
	not _is_said(command)
	not _is_written_beside(command)
	not _is_for_builders(command)
}

_speaks_of_rules(command) if {
	some word in command.words
	contains(word.text, "NOPASSWD:")
}

# Where people build, test or try something, or other images begin, the user is a person.
_is_minor(command) if {
	_is_for_people(command)
} else := false

_is_for_people(command) if {
	some stage in input.index.stages_by_at[command.stage]
	stages.is_for_builders(stage)
}

_is_for_people(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some other in input.index.stages_by_document[stage.document]
	other.is_final
	stages.starts_nothing(other)
}

_is_for_people(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some part in split(replace(replace(replace(lower(stage.path), "-", "/"), "_", "/"), ".", "/"), "/")
	part in {
		"dev", "devel", "develop", "development", "ci", "circleci", "build", "builder", "test", "tests", "testing", "e2e", "desktop", "vnc", "workspace", "gitpod", "codespaces", "sandbox", "runner", "agent",
		"toolchain", "sdk", "base", "ros", "ros2", "notebook", "jupyter", "example", "examples", "sample", "samples",
	}
}

# In a development container the user is a person who installs what is missing.
_is_for_builders(command) if {
	some stage in input.index.stages_by_at[command.stage]
	contains(lower(stage.path), ".devcontainer")
}

_is_for_builders(command) if {
	some stage in input.index.stages_by_at[command.stage]
	startswith(lower(stage.path), "devcontainer")
}

_is_for_builders(command) if {
	some stage in input.index.stages_by_at[command.stage]
	object.get(stage, "name", "") in {"dev", "devcontainer", "development"}
}

# `abuild` and `makepkg` refuse to run as root, and install what a package needs with sudo.
_is_for_builders(command) if {
	some other in input.index.commands_by_stage[command.stage]
	other.program in {"abuild", "abuild-keygen", "makepkg", "yay", "paru"}
}

# `sed` changes what is there; what is appended says more.
_is_written_beside(command) if {
	command.program == "sed"
	some other in input.index.commands_by_instruction[command.instruction]
	other.program in {"echo", "printf", "tee", "cat"}
	some number, word in other.words
	_grants(_rule(other, number, word.text))
}

# Without quotes the rule is several words: `%sudo ALL=NOPASSWD: ALL`.
_rule(command, number, text) := concat(" ", [text, command.words[number + 1].text]) if endswith(text, "NOPASSWD:")

_rule(_, _, text) := text if not endswith(text, "NOPASSWD:")

_grants(text) if {
	contains(text, "NOPASSWD:")
	parts := split(text, "NOPASSWD:")
	rest := trim_left(parts[count(parts) - 1], " \t\\")
	startswith(_without_tags(rest), "ALL")
}

# `NOPASSWD:SETENV: ALL`
_without_tags(rest) := _without_tags_of(rest, ["SETENV:", "NOEXEC:", "NOLOG_INPUT:", "NOLOG_OUTPUT:", "NOFOLLOW:"])

_without_tags_of(rest, tags) := trim_left(substring(rest, count(found[0]), -1), " \t\\") if {
	found := [tag | some tag in tags; startswith(rest, tag)]
	count(found) > 0
} else := rest

# What is written with `sed`: `s/ALL$/NOPASSWD:ALL/` counts as well; the same `RUN` is told once.
_is_said(command) if {
	some other in input.index.commands_by_instruction[command.instruction]
	other.pipeline < command.pipeline
	not _is_weaker(other, command)
	some number, word in other.words
	_grants(_rule(other, number, word.text))
}

_is_weaker(other, command) if {
	other.program == "sed"
	command.program in {"echo", "printf", "tee", "cat"}
}
