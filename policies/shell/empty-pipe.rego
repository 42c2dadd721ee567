# METADATA
# title: Download into a file, and a pipe that gets nothing
# description: |
#   `curl -o FILE` and `wget` write what they download into a file and nothing to standard output. The program behind the pipe reads an empty input: a shell does nothing and succeeds.
#   `wget -O -` and `curl` without `-o` write to the pipe.
# related_resources:
#   - https://www.gnu.org/software/wget/manual/wget.html#Download-Options
#   - https://curl.se/docs/manpage.html#-o
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program}` writes to {file}, so `{reader}` gets an empty input"
#   remediation: "{advice}"
#   how_to_fix: >-
#     With `wget`, add `-O -`, or write it in place of `-O FILE`. With `curl`, omit `-o` or `-O`. Or remove the pipe, and read the file.
package rules.shell["empty-pipe"]

import data.lib.commands

deny contains {"at": command.at, "field": "program", "program": command.program, "file": _file(command), "reader": command.pipes_to[0], "advice": _advice(command)} if {
	some command in input.commands
	command.program in {"curl", "wget"}
	count(command.pipes_to) > 0
	command.pipes_to[0] in _readers
	_fetches(command)
	_file(command)
	not _has_output(command)
}

# What does nothing without an input.
_readers := {
	"sh", "bash", "dash", "ash", "zsh", "ksh", "python", "python3", "perl", "ruby", "node", "php", "tar", "bsdtar", "gunzip", "zcat", "bunzip2", "xz", "unxz", "zstd", "cpio", "gpg", "gpg2",
	"apt-key", "jq", "yq", "kubectl", "psql", "mysql", "patch",
}

_fetches(command) if {
	some word in command.args
	contains(word, "://")
}

# Messages go to standard error, which is part of the pipe.
_has_output(command) if {
	some redirect in command.redirects
	contains(redirect.operator, ">&")
}

_has_output(command) if {
	some redirect in command.redirects
	redirect.operator in {"&>", ">|"}
}

# What else is asked for is printed.
_has_output(command) if {
	some flag in ["-w", "--write-out", "-D", "--dump-header", "-i", "--include", "-I", "--head", "-h", "--help", "-V", "--version"]
	command.flags[flag]
	command.program == "curl"
}

# Several files may go to several places.
_has_output(command) if {
	command.program == "curl"
	count([word | some word in command.args; contains(word, "://")]) > 1
}

_file(command) := sprintf("`%s`", [_named(command)[0]]) if {
	count(_named(command)) > 0
	_is_file(_named(command)[0])
}

_file(command) := "a file named as in its address" if {
	count(_named(command)) == 0
	_names_by_address(command)
}

_named(command) := [command.flags[flag] | some flag in _options[command.program]; is_string(command.flags[flag])]

_options := {"curl": ["-o", "--output"], "wget": ["-O", "--output-document"]}

_names_by_address(command) if {
	command.program == "curl"
	some flag in ["-O", "--remote-name", "--remote-name-all"]
	command.flags[flag]
}

_names_by_address(command) if {
	command.program == "wget"
	not commands.names_output(command)
}

_is_file(name) if {
	not name in {"-", "", "/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"}
	not startswith(name, "$")
	not startswith(name, "-")
}

_advice(command) := sprintf("Write `-O -` instead of `-O %s`, or run what is in the file.", [command.flags["-O"]]) if {
	command.program == "wget"
	is_string(command.flags["-O"])
}

_advice(command) := "Add `-O -`, which writes to standard output." if {
	command.program == "wget"
	not is_string(command.flags["-O"])
}

_advice(command) := "Omit the option that names the file, or remove the pipe and read the file." if command.program == "curl"
