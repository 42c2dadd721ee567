# METADATA
# title: bash command in a POSIX script
# description: |
#   `/bin/sh` is dash on Debian and Ubuntu: what only bash supports fails there, or silently does something else, such as `echo -e`, which prints its
#   flag. BusyBox ash, which is `/bin/sh` on Alpine, supports `[[`, `source` and `let`, but no arrays, `((…))` or `declare`.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2039
#   - https://www.shellcheck.net/wiki/SC3046
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{culprit}` is bash syntax, but `{shell}` runs this script{unless}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Use the POSIX form, or choose bash: `SHELL ["/bin/bash", "-c"]` in a Dockerfile, `shell: bash` in a workflow, `command: [bash, -c]` in a manifest whose image has bash.
#   aliases:
#     - hadolint:SC2039
#     - {id: hadolint:SC2112, when: {kind: function-keyword}}
#     - {id: hadolint:SC3005, when: {kind: arithmetic-loop}}
#     - {id: hadolint:SC3006, when: {kind: arithmetic-command}}
#     - {id: hadolint:SC3008, when: {kind: select-loop}}
#     - {id: hadolint:SC3010, when: {kind: bracket-test}}
#     - {id: hadolint:SC3032, when: {kind: coprocess}}
#     - {id: hadolint:SC3033, when: {kind: odd-function-name}}
#     - {id: hadolint:SC3036, when: {kind: echo-escapes}}
#     - {id: hadolint:SC3037, when: {kind: echo-flag}}
#     - {id: hadolint:SC3038, when: {kind: exec-flag}}
#     - {id: hadolint:SC3039, when: {kind: let}}
#     - {id: hadolint:SC3040, when: {kind: named-option}}
#     - {id: hadolint:SC3041, when: {kind: letter-option}}
#     - {id: hadolint:SC3042, when: {kind: long-option}}
#     - {id: hadolint:SC3044, when: {kind: builtin}}
#     - {id: hadolint:SC3045, when: {kind: unknown-flag}}
#     - {id: hadolint:SC3046, when: {kind: source}}
#     - {id: hadolint:SC3047, when: {kind: bash-signal}}
#     - {id: hadolint:SC3048, when: {kind: signal-prefix}}
#     - {id: hadolint:SC3050, when: {kind: quoting-format}}
#     - {id: hadolint:SC3051, when: {kind: source}}
#     - {id: hadolint:SC3061, when: {kind: no-name}}
#     - shellcheck:SC2039
#     - {id: shellcheck:SC2112, when: {kind: function-keyword}}
#     - {id: shellcheck:SC3005, when: {kind: arithmetic-loop}}
#     - {id: shellcheck:SC3006, when: {kind: arithmetic-command}}
#     - {id: shellcheck:SC3008, when: {kind: select-loop}}
#     - {id: shellcheck:SC3010, when: {kind: bracket-test}}
#     - {id: shellcheck:SC3032, when: {kind: coprocess}}
#     - {id: shellcheck:SC3033, when: {kind: odd-function-name}}
#     - {id: shellcheck:SC3036, when: {kind: echo-escapes}}
#     - {id: shellcheck:SC3037, when: {kind: echo-flag}}
#     - {id: shellcheck:SC3038, when: {kind: exec-flag}}
#     - {id: shellcheck:SC3039, when: {kind: let}}
#     - {id: shellcheck:SC3040, when: {kind: named-option}}
#     - {id: shellcheck:SC3041, when: {kind: letter-option}}
#     - {id: shellcheck:SC3042, when: {kind: long-option}}
#     - {id: shellcheck:SC3044, when: {kind: builtin}}
#     - {id: shellcheck:SC3045, when: {kind: unknown-flag}}
#     - {id: shellcheck:SC3046, when: {kind: source}}
#     - {id: shellcheck:SC3047, when: {kind: bash-signal}}
#     - {id: shellcheck:SC3048, when: {kind: signal-prefix}}
#     - {id: shellcheck:SC3050, when: {kind: quoting-format}}
#     - {id: shellcheck:SC3051, when: {kind: source}}
#     - {id: shellcheck:SC3061, when: {kind: no-name}}
package rules.shell["bashism"]

import data.lib.shells

deny contains _finding(command, command.at, command.program, kind) if {
	some command in input.commands
	command.shell in {"sh", "dash", "ash"}
	command.program in {"[[", "caller", "compgen", "complete", "declare", "dirs", "disown", "enable", "let", "mapfile", "popd", "pushd", "readarray", "shopt", "source", "typeset"}
	kind := _kind(command.program)
	_lacks(command, command.program)
}

deny contains _finding(construct, construct.at, culprit, kind) if {
	some construct in input.constructs
	construct.kind in {"arithmetic-command", "arithmetic-loop", "coprocess", "exec-flag", "function-keyword", "select-loop", "odd-function-name"}
	kind := construct.kind
	culprit := _culprit(construct)
	_lacks(construct, kind)
}

_lacks(row, _) if shells.is_plain(row)

# BusyBox knows `[[`, `source`, `let` and `function`, but not these.
_lacks(row, name) if {
	name in {
		"arithmetic-command", "arithmetic-loop", "select-loop", "coprocess",
		"caller", "compgen", "complete", "declare", "dirs", "disown", "enable", "mapfile", "popd", "pushd", "readarray", "shopt", "typeset",
	}
	shells.is_ash_at_most(row)
}

deny contains _finding(command, word.at, culprit, kind) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program in {"echo", "read", "export", "readonly", "cd", "hash", "jobs", "trap", "umask", "unset", "wait", "type", "printf", "ulimit"}
	word := command.words[0]
	startswith(word.text, "-")
	not command.has_path
	not _is_outside(command)
	some [flag, kind] in _flags(command)
	shells.is_plain(command)
	culprit := concat(" ", [command.program, flag])
}

deny contains _finding(command, word.at, word.text, kind) if {
	some command in input.commands
	command.shell in {"sh", "dash"}
	command.program in {"trap", "set", "printf"}
	some number, word in command.words
	some kind in _words(command, number, word)
	shells.is_plain(command)
}

deny contains _finding(command, command.at, "read", "no-name") if {
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

_finding(row, at, culprit, kind) := {"at": at, "culprit": culprit, "shell": shells.shell_name(row), "kind": kind, "unless": _unless(row), "severity": _severity(row), "advice": _advice(row, kind)}

# The POSIX form where there is one, and else bash.
_advice(row, kind) := sprintf("%s, or %s", [_instead[kind], shells.choose_bash(row)]) if {
	_instead[kind]
} else := concat("", [upper(substring(how, 0, 1)), substring(how, 1, -1)]) if how := shells.choose_bash(row)

_instead := {
	"arithmetic-command": "Write `[ \"$((…))\" -ne 0 ]`, or `name=$((…))`",
	"arithmetic-loop": "Count in a `while` loop with `$((…))`",
	"bash-signal": "Trap `EXIT`",
	"bracket-test": "Write `[ … ]` with quoted variables, and `case` for patterns",
	"echo-escapes": "Write `printf '%b\\n' …`",
	"echo-flag": "Write `printf '%b\\n' …`",
	"function-keyword": "Write `name() { …; }`",
	"let": "Write `name=$((…))`",
	"no-name": "Name a variable: `read -r REPLY`",
	"signal-prefix": "Write the name of the signal without `SIG`",
	"source": "Write `.` instead of `source`",
}

# The image that a stage begins with may set SHELL, which is inherited; those of distributions and of languages set none.
_unless(row) := " unless the base image sets `SHELL` or links bash to `/bin/sh`" if shells.may_be_set_before(row)

_unless(row) := " unless the image's `sh` is bash" if shells.is_of_unknown_image(row)

_unless(row) := "" if {
	not shells.may_be_set_before(row)
	not shells.is_of_unknown_image(row)
}

_severity(row) := "info" if {
	shells.may_be_set_before(row)
} else := "info" if {
	shells.is_of_unknown_image(row)
} else := "warning"

# Which bashism the program is.
_kind(program) := kind if kind := {"[[": "bracket-test", "let": "let", "source": "source"}[program]

_kind(program) := "builtin" if not program in {"[[", "let", "source"}

_culprit(construct) := culprit if culprit := {
	"arithmetic-command": "((…))",
	"arithmetic-loop": "for ((…))",
	"coprocess": "coproc",
	"exec-flag": "exec -a",
	"select-loop": "select",
}[construct.kind]

_culprit(construct) := construct.text if construct.kind in {"odd-function-name", "function-keyword"}

# The first word of `echo` alone is a flag; dash knows `-n`.
_flags(command) := [["-e", "echo-escapes"], ["-e", "echo-flag"]] if {
	command.program == "echo"
	command.words[0].text in {"-e", "-E", "-ne", "-en", "-nE", "-En"}
	command.words[0].quote == "none"
}

_flags(command) := [["-v", "unknown-flag"]] if {
	command.program == "printf"
	command.words[0].text == "-v"
}

_flags(command) := [[flag, "unknown-flag"] | some flag in _unknown[command.program]; command.flags[flag]] if {
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

_words(command, number, word) := ["bash-signal"] if {
	command.program == "trap"
	number > 0
	word.text in {"ERR", "DEBUG", "RETURN"}
}

_words(command, number, word) := ["signal-prefix"] if {
	command.program == "trap"
	number > 0
	startswith(upper(word.text), "SIG")
}

_words(command, 0, word) := ["quoting-format"] if {
	command.program == "printf"
	contains(word.text, "%q")
}

_words(command, 0, word) := ["long-option"] if {
	command.program == "set"
	startswith(word.text, "--")
	word.text != "--"
}

_words(command, number, word) := ["letter-option"] if {
	command.program == "set"
	word.text in {"-B", "-H", "-P", "-T", "-k", "-t"}
	_is_option(command, number)
}

# Of the options that bash adds, `pipefail` is the one that other shells have learnt; Debian's has not.
_words(command, number, word) := ["named-option"] if {
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
