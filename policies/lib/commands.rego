# Questions about the commands of scripts that more than one rule asks.
package lib.commands

# The place of the first word that sets a flag, or of the command.
flag_place(command, flag) := places[0] if {
	places := [word.at | some word in command.words; _sets(word.text, flag)]
	count(places) > 0
}

flag_place(command, flag) := command.at if {
	every word in command.words {
		not _sets(word.text, flag)
	}
}

_sets(text, flag) if text == flag

_sets(text, flag) if startswith(text, concat("", [flag, "="]))

_sets(text, flag) if {
	count(flag) == 2
	startswith(text, "-")
	not startswith(text, "--")
	contains(text, substring(flag, 1, 1))
}

# The first of the flags that the command has.
first_flag(command, flags) := found[0] if {
	found := [flag | some flag in flags; command.flags[flag]]
	count(found) > 0
}

# Whether the command is in a Dockerfile.
is_in_dockerfile(command) if {
	command.instruction
} else := false

# Whether the program runs scripts that it is given.
is_interpreter(name) if name in {
	"sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "python", "python2", "python3", "perl", "ruby", "node", "php",
}

# Whether the program is a shell.
is_shell(name) if name in {"sh", "bash", "dash", "ash", "ksh", "zsh"}

# Whether the command fetches from the network and writes to its output.
is_download(command) if command.program == "curl"

is_download(command) if command.program in {"wget", "fetch", "aria2c", "wget2"}

# Whether wget is told where to write: `-O file`, `-qO-`, `--output-document=-`. Else it writes a file named as in the address.
names_output(command) if {
	some flag in command.flag_list
	_may_name_output(flag)
}

_may_name_output(flag) if {
	not startswith(flag, "--")
	contains(flag, "O")
}

_may_name_output(flag) if startswith(flag, "--output-d")

# Whether a command of its own program stands among the words of a command, where an operator was lost: `yum install git yum clean all`.
swallows(command, verb) if {
	some number, word in command.args
	word == command.program
	command.args[number + 1] == verb
}

# Whether a variable has the name of a program that prints one thing: `${nproc}` is written for `$(nproc)`.
names_program(name) if name in {"nproc", "pwd", "date", "uname", "hostname", "whoami", "mktemp", "getconf", "lscpu", "lsb_release", "arch"}
