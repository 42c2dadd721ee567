# METADATA
# title: setuid or setgid bit set
# description: |
#   A program with the setuid bit runs with the privileges of its owner or group, mostly root, whoever starts it.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Remove the bit (`0755` instead of `4755`, no `u+s`), and give the program the capability it needs; `gosu` and `su-exec` need no bit where the
#     entrypoint runs as root. If a later `chown` clears the bit anyway, leave out the `chmod`, or run it after the `chown`.
#   aliases:
#     - dockle:CIS-DI-0008
#     - cis-docker:4.8
package rules.dockerfile["setuid-bit"]

# Who sets it mostly means it: the image's own program, which starts as a user and needs root.
deny contains {"at": command.at, "problem": _problem(mode), "advice": _advice(command), "minor": true} if {
	some command in input.commands
	command.program == "chmod"
	command.instruction
	command.source in {"run", "heredoc"}
	mode := command.args[0]
	_sets_it(mode)
	not _restores(command)
	count(_clearing(command)) == 0
}

# The kernel clears the bits of a file that is given to another owner, also where root does it.
deny contains {"at": other.at, "problem": sprintf("`%s` clears the bit that `chmod %s` set before", [other.program, mode]), "advice": sprintf("Run `chmod %s` after `%s`, or leave it out.", [mode, other.program])} if {
	some command in input.commands
	command.program == "chmod"
	command.instruction
	command.source in {"run", "heredoc"}
	mode := command.args[0]
	_sets_it(mode)
	found := _clearing(command)
	count(found) > 0
	other := found[0]
}

# The commands behind it in the stage that give the same file to another owner, unless the bit is set again.
_clearing(command) := [other |
	some other in input.index.commands_by_stage[command.stage]
	other.program in {"chown", "chgrp"}
	_is_behind(other, command)
	some path in array.slice(command.args, 1, count(command.args))
	path in other.args
	not _sets_again(other, path)
]

_sets_again(clearing, path) if {
	some command in input.index.commands_by_stage[clearing.stage]
	command.program == "chmod"
	_is_behind(command, clearing)
	_sets_it(command.args[0])
	path in command.args
}

_is_behind(other, command) if {
	other.instruction == command.instruction
	other.pipeline > command.pipeline
}

_is_behind(other, command) if {
	other.instruction != command.instruction
	some own in input.index.instructions_by_at[command.instruction]
	some later in input.index.instructions_by_at[other.instruction]
	later.number > own.number
}

_problem(mode) := sprintf("mode `%s` runs the file with the privileges of its owner or group", [mode])

# The distribution ships these with the bit, and some copies of an image lose it.
_restores(command) if {
	count(command.args) > 1
	every number, path in command.args {
		_is_shipped(number, path)
	}
}

_is_shipped(number, _) if number == 0

_is_shipped(_, path) if split(path, "/")[count(split(path, "/")) - 1] in {
	"ping", "ping6", "su", "sudo", "mount", "umount", "passwd", "newgrp", "chsh", "chfn", "gpasswd", "newuidmap", "newgidmap", "fusermount", "fusermount3", "crontab", "bwrap",
}

deny contains {"at": instruction.at, "field": "flags.chmod", "problem": _problem(flag.value), "advice": _general, "minor": true} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	some flag in instruction.flags
	flag.name == "chmod"
	_sets_it(flag.value)
}

# Of digits: four of them after zeros, and the first holds the 4.
_sets_it(mode) if {
	plain := trim_left(mode, "0")
	count(plain) == 4
	substring(plain, 0, 1) in {"4", "5", "6", "7"}
	trim(plain, "01234567") == ""
}

_sets_it(mode) if {
	some part in split(mode, ",")
	sides := split(part, "+")
	count(sides) == 2
	contains(sides[1], "s")
	_is_of_the_owner(sides[0])
}

_is_of_the_owner(who) if who == ""

_is_of_the_owner(who) if contains(who, "u")

_is_of_the_owner(who) if contains(who, "a")

_general := "Remove the bit; give the program the capability it needs."

_advice(command) := sprintf("Remove the bit: `%s` needs none where the entrypoint runs as root, and with it every user becomes root.", [_changers(command)[0]]) if count(_changers(command)) > 0

_advice(command) := _general if count(_changers(command)) == 0

# Programs that become another user.
_changers(command) := [name |
	some path in command.args
	parts := split(path, "/")
	name := parts[count(parts) - 1]
	name in {"gosu", "su-exec", "setpriv", "s6-setuidgid", "setuidgid"}
]
