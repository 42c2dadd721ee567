# METADATA
# title: bash command in a script for sh
# description: |
#   `/bin/sh` is dash on Debian and Ubuntu: what only bash knows fails there, or quietly does something else, as `echo -e`, which
#   prints its flag.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2039
#   - https://www.shellcheck.net/wiki/SC3046
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{culprit}` is bash's, and the script is read by `{shell}`"
#   remediation: "Write what POSIX has for it, or choose bash: `SHELL [\"/bin/bash\", \"-c\"]`, `shell: bash`."
#   aliases:
#     - hadolint:SC2039
#     - hadolint:SC3005
#     - hadolint:SC3006
#     - hadolint:SC3008
#     - hadolint:SC3010
#     - hadolint:SC3032
#     - hadolint:SC3033
#     - hadolint:SC3036
#     - hadolint:SC3037
#     - hadolint:SC3038
#     - hadolint:SC3039
#     - hadolint:SC3040
#     - hadolint:SC3041
#     - hadolint:SC3042
#     - hadolint:SC3044
#     - hadolint:SC3045
#     - hadolint:SC3046
#     - hadolint:SC3047
#     - hadolint:SC3048
#     - hadolint:SC3050
#     - hadolint:SC3051
#     - hadolint:SC3061
#     - shellcheck:SC2039
#     - shellcheck:SC3005
#     - shellcheck:SC3006
#     - shellcheck:SC3008
#     - shellcheck:SC3010
#     - shellcheck:SC3032
#     - shellcheck:SC3033
#     - shellcheck:SC3036
#     - shellcheck:SC3037
#     - shellcheck:SC3038
#     - shellcheck:SC3039
#     - shellcheck:SC3040
#     - shellcheck:SC3041
#     - shellcheck:SC3042
#     - shellcheck:SC3044
#     - shellcheck:SC3045
#     - shellcheck:SC3046
#     - shellcheck:SC3047
#     - shellcheck:SC3048
#     - shellcheck:SC3050
#     - shellcheck:SC3051
#     - shellcheck:SC3061
package rules.shell["bashism"]

import data.lib.shells

deny contains _finding(command, command.at, command.program, codes) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program in {"[[", "caller", "compgen", "complete", "declare", "dirs", "disown", "enable", "let", "mapfile", "popd", "pushd", "readarray", "shopt", "source", "typeset"}
	codes := _codes[command.program]
	shells.is_plain(command)
}

deny contains _finding(construct, construct.at, culprit, [code]) if {
	some construct in input.constructs
	construct.kind in {"arithmetic-command", "arithmetic-loop", "coprocess", "exec-flag", "select-loop", "odd-function-name"}
	[culprit, code] := _construct(construct)
	shells.is_plain(construct)
}

deny contains _finding(command, word.at, culprit, [code]) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program in {"echo", "read", "export", "readonly", "cd", "hash", "jobs", "trap", "umask", "unset", "wait", "type", "printf", "ulimit"}
	word := command.words[0]
	startswith(word.text, "-")
	not command.has_path
	not _is_outside(command)
	some [flag, code] in _flags(command)
	shells.is_plain(command)
	culprit := concat(" ", [command.program, flag])
}

deny contains _finding(command, word.at, word.text, [code]) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program in {"trap", "set", "printf"}
	some number, word in command.words
	some code in _words(command, number, word)
	shells.is_plain(command)
}

deny contains _finding(command, command.at, "read", ["3061"]) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program == "read"
	command.args == []
	command.is_parsed
	not command.flags["-a"]
	shells.is_plain(command)
}

# A program of that name, which the wrapper looks for in PATH.
_is_outside(command) if {
	some wrapper in ["sudo", "env", "nohup", "timeout", "xargs"]
	wrapper in command.wrappers
}

_finding(row, at, culprit, codes) := {"at": at, "culprit": culprit, "shell": row.shell, "aliases": shells.codes(array.concat(["2039"], codes))}

_codes := {
	"[[": ["3010"],
	"caller": ["3044"],
	"compgen": ["3044"],
	"complete": ["3044"],
	"declare": ["3044"],
	"dirs": ["3044"],
	"disown": ["3044"],
	"enable": ["3044"],
	"let": ["3039"],
	"mapfile": ["3044"],
	"popd": ["3044"],
	"pushd": ["3044"],
	"readarray": ["3044"],
	"shopt": ["3044"],
	"source": ["3046", "3051"],
	"typeset": ["3044"],
}

_construct(construct) := found if found := {
	"arithmetic-command": ["((…))", "3006"],
	"arithmetic-loop": ["for ((…))", "3005"],
	"coprocess": ["coproc", "3032"],
	"exec-flag": ["exec -a", "3038"],
	"select-loop": ["select", "3008"],
}[construct.kind]

_construct(construct) := [construct.text, "3033"] if construct.kind == "odd-function-name"

# The first word of `echo` alone is a flag; dash knows `-n`.
_flags(command) := [["-e", code] | some code in ["3036", "3037"]] if {
	command.program == "echo"
	command.words[0].text in {"-e", "-E", "-ne", "-en", "-nE", "-En"}
	command.words[0].quote == "none"
}

_flags(command) := [["-v", "3045"]] if {
	command.program == "printf"
	command.words[0].text == "-v"
}

_flags(command) := [[flag, "3045"] | some flag in _unknown[command.program]; command.flags[flag]] if {
	not command.program in {"echo", "printf"}
	startswith(command.words[0].text, "-")
}

_unknown := {
	"cd": {"-e", "-@"},
	"export": {"-f", "-n"},
	"hash": {"-l", "-d", "-p", "-t"},
	"jobs": {"-n", "-r", "-s", "-x"},
	"printf": {"-v"},
	"read": {"-a", "-d", "-i", "-n", "-N", "-s", "-t", "-u"},
	"readonly": {"-a", "-A", "-f"},
	"trap": {"-l", "-p"},
	"type": {"-a", "-f", "-P", "-p", "-t"},
	"ulimit": {"-b", "-e", "-i", "-k", "-q", "-u", "-x"},
	"umask": {"-p"},
	"unset": {"-n"},
	"wait": {"-n", "-p", "-f"},
}

_words(command, number, word) := ["3047"] if {
	command.program == "trap"
	number > 0
	word.text in {"ERR", "DEBUG", "RETURN"}
}

_words(command, number, word) := ["3048"] if {
	command.program == "trap"
	number > 0
	startswith(upper(word.text), "SIG")
}

_words(command, 0, word) := ["3050"] if {
	command.program == "printf"
	contains(word.text, "%q")
}

_words(command, 0, word) := ["3042"] if {
	command.program == "set"
	startswith(word.text, "--")
	word.text != "--"
}

_words(command, number, word) := ["3041"] if {
	command.program == "set"
	word.text in {"-B", "-H", "-P", "-T", "-k", "-t"}
	_is_option(command, number)
}

# Of the options that bash adds, `pipefail` is the one that other shells have learnt; Debian's has not.
_words(command, number, word) := ["3040"] if {
	command.program == "set"
	number > 0
	endswith(command.words[number - 1].text, "o")
	_is_option(command, number - 1)
	_is_unknown_option(command, word.text)
}

_is_option(command, number) if {
	startswith(command.words[number].text, "-")
	not _is_behind_dashes(command, number)
}

_is_behind_dashes(command, number) if {
	some earlier, word in command.words
	word.text == "--"
	earlier < number
}

_is_unknown_option(_, name) if name in {"braceexpand", "errtrace", "functrace", "hashall", "histexpand", "history", "keyword", "onecmd", "physical", "posix", "interactive-comments"}

_is_unknown_option(command, "pipefail") if shells.is_dash(command)
