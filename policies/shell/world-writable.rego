# METADATA
# title: World-writable file
# description: |
#   With mode 777 every process, whatever user it runs as, can replace the file, and whoever runs it next runs what was written there.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "mode `{mode}` lets every user write{target}"
#   habit: true
#   remediation: "{advice}"
#   how_to_fix: >-
#     Give the file to the user that needs it (`chown`, `COPY --chown`, `install -d -o USER`), and let only its owner write: `755`, or `644` if it is
#     not executed. For `/tmp`, write `chmod 1777`. For a directory that any UID of group 0 uses, write `chgrp 0` and `chmod g=u`.
#   aliases:
#     - {id: kics:avoid_chmod_777, when: is_in_dockerfile}
package rules.shell["world-writable"]

import data.lib.commands
import data.lib.packages

deny contains {"at": place, "mode": mode, "target": _to(_first(modes)), "advice": _advice(command, modes), "is_in_dockerfile": commands.is_in_dockerfile(command), "severity": _severity(modes), "minor": _is_minor(command, modes)} if {
	some command in input.commands
	command.program == "chmod"
	modes := [word | some word in command.words; not startswith(word.text, "--"); not word.text in {"-R", "-v", "-f", "-c"}]
	mode := modes[0].text
	_is_world_writable(mode)
	place := modes[0].at
	not _is_closed_again(command, modes)
	not _is_pipe(command, modes)
	not _is_on_runner(command)
	not _is_replaced_at_start(command, modes)
}

_to(path) := sprintf(" to `%s`", [path]) if path != ""

_to(path) := "" if path == ""

_first(modes) := modes[1].text if count(modes) > 1

_first(modes) := "" if count(modes) < 2

# Caches, tools and data that whoever runs the container shares: nothing of the system is run from there.
_severity(words) := "info" if {
	_is_shared(words)
} else := "warning"

_is_shared(words) if {
	count(words) > 1
	some word in words
	some name in ["cache", "CARGO_HOME", "RUSTUP_HOME", "/usr/local/cargo", "/usr/local/rustup", "conda", "GOPATH", "/home/", "$HOME", "/config", "/data", "/tmp", "/var/log", "/log", "/workspace", "/workdir", "npm", "storage", "upload", "venv", ".local", "VOLUME"]
	contains(word.text, name)
}

# What is in no image that is built, and what only root can reach.
_is_minor(command, words) if {
	_is_nowhere(command, words)
} else := false

_is_nowhere(command, _) if {
	command.instruction
	not packages.reaches_image(command)
}

_is_nowhere(command, words) if {
	command.instruction
	some word in words
	startswith(word.text, "/root/")
}

# The data folders of databases, whose entrypoint takes them over and closes them when the container starts.
_is_replaced_at_start(command, modes) if {
	command.instruction
	count(modes) > 1
	every number, word in modes {
		_is_data(number, word.text)
	}
}

_is_data(number, _) if number == 0

_is_data(_, path) if {
	some name in ["PGDATA", "/var/lib/postgresql", "/var/run/postgresql", "/run/postgresql", "/var/run/mysqld", "/var/lib/mysql", "/run/mysqld", "/var/lib/redis"]
	contains(path, name)
}

# A later `chmod` of the same script gives the same path another mode.
_is_closed_again(command, modes) if {
	count(modes) == 2
	some other in input.index.commands_by_script[command.script]
	other.program == "chmod"
	other.pipeline > command.pipeline
	others := [word.text | some word in other.words; not startswith(word.text, "-")]
	count(others) == 2
	others[1] == modes[1].text
	_closes(others[0])
}

# A folder for the time of the build, which the same script removes.
_is_closed_again(command, modes) if {
	count(modes) == 2
	some other in input.index.commands_by_script[command.script]
	other.program in {"rm", "rmdir"}
	other.pipeline > command.pipeline
	some path in other.args
	path == modes[1].text
}

_closes(mode) if {
	not _is_world_writable(mode)
	trim(mode, "01234567") == ""
}

_closes(mode) if {
	some start in ["o-", "a-", "o=", "a=", "go-", "go="]
	startswith(mode, start)
	not _is_world_writable(mode)
}

# A FIFO or a device holds nothing that somebody else could run: who may write there is what it is for.
_is_pipe(command, modes) if {
	count(modes) > 1
	some other in input.index.commands_by_script[command.script]
	other.program in {"mkfifo", "mknod"}
	some word in other.args
	word == modes[count(modes) - 1].text
}

# The machine of a workflow's job is thrown away with it.
_is_on_runner(command) if command.source == "step"

deny contains {"at": flag.at, "mode": flag.value, "target": _to(object.get(instruction, "destination", "")), "advice": _copy(instruction), "is_in_dockerfile": true} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	some flag in instruction.flags
	flag.name == "chmod"
	_is_world_writable(flag.value)
}

# `mkdir -m 777`, `install -dm 777`, `mkdir --mode=777`; a FIFO is for others to write.
deny contains {"at": found.at, "mode": found.mode, "target": _to(_made(command, found.mode)), "advice": _make(command), "is_in_dockerfile": commands.is_in_dockerfile(command), "severity": _severity(command.words), "minor": _is_minor(command, command.words)} if {
	some command in input.commands
	command.program in {"mkdir", "install"}
	not _is_on_runner(command)
	some number, word in command.words
	startswith(word.text, "-")
	found := _given(command, number, word)
	_is_world_writable(found.mode)
}

# The last word that is not the mode: `mkdir /share -m 777`.
_made(command, mode) := paths[count(paths) - 1] if {
	paths := [path | some path in command.args; path != mode]
	count(paths) > 0
} else := ""

# `find … -exec chmod 777 {} +`, `xargs chmod 777`
deny contains {"at": command.words[place].at, "mode": mode, "target": "", "advice": _give, "is_in_dockerfile": commands.is_in_dockerfile(command), "severity": _severity(command.words), "minor": _is_minor(command, command.words)} if {
	some command in input.commands
	command.program in {"find", "xargs"}
	some number, word in command.words
	word.text == "chmod"
	some step in [1, 2]
	place := number + step
	mode := command.words[place].text
	_is_world_writable(mode)
	not _is_on_runner(command)
}

_give := "Give the file to the user that needs it (`chown`), and allow only its owner to write: 755 or 644."

# `/tmp` is for everybody; the sticky bit keeps them from each other's files.
_advice(command, modes) := sprintf("Write `chmod 1777 %s`, so that nobody can replace the files of another.", [_first(modes)]) if {
	trim_right(_first(modes), "/") in {"/tmp", "/var/tmp"}
} else := sprintf("Write `chmod 755 %s`, or 644 for a file that nobody runs: `chown` names who may write.", [_first(modes)]) if {
	_is_given(command, modes)
} else := _give

# The same script gives the path to a user.
_is_given(command, modes) if {
	count(modes) == 2
	some other in input.index.commands_by_script[command.script]
	other.program == "chown"
	some word in other.args
	word == modes[1].text
}

_copy(instruction) := "Write `--chmod=755`, or 644 for a file that nobody runs: `--chown` names who may write." if {
	_has_owner(instruction)
} else := "Give the file to the user that needs it with `--chown`, and allow only its owner to write: 755 or 644."

_has_owner(instruction) if {
	some flag in instruction.flags
	flag.name == "chown"
}

_make(command) := "Give the folder to the user that needs it (`install -d -o USER`), or, where any UID of group 0 runs, to that group: `chgrp 0` and `chmod g=u`." if command.program in {"mkdir", "install"}

_given(command, number, flag) := {"at": word.at, "mode": word.text} if {
	_takes_mode(flag.text)
	word := command.words[number + 1]
}

_given(_, _, flag) := {"at": flag.at, "mode": substring(flag.text, 7, -1)} if startswith(flag.text, "--mode=")

_given(_, _, flag) := {"at": flag.at, "mode": substring(flag.text, 2, -1)} if {
	startswith(flag.text, "-m")
	count(flag.text) > 2
	not endswith(flag.text, "m")
}

_takes_mode(flag) if flag == "--mode"

# `-m`, and `-dm` or `-pm`, where letters stand together.
_takes_mode(flag) if {
	startswith(flag, "-")
	not startswith(flag, "--")
	endswith(flag, "m")
	count(flag) < 5
}

_is_world_writable(mode) if {
	count(mode) in {3, 4, 5}
	trim(mode, "01234567") == ""
	substring(mode, count(mode) - 1, 1) in {"2", "3", "6", "7"}
	not _is_sticky(mode)
}

_is_sticky(mode) if {
	count(mode) > 3
	substring(mode, count(mode) - 4, 1) in {"1", "3", "5", "7"}
}

# A sticky folder (1777, as /tmp is) keeps others' files safe.
_is_world_writable(mode) if {
	mode in {"a+w", "o+w", "a+rw", "o+rw", "ugo+w", "ugo+rw", "a+rwx", "a+rwX", "o+rwx", "o+rwX", "ugo+rwx", "ugo+rwX", "a=rwx", "+777", "a+wx", "a+wrx", "go+w", "go+rw", "go+rwx", "go+rwX", "ugo=rwx", "a=rw"}
}
