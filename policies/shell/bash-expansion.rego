# METADATA
# title: bash expansion in a POSIX script
# description: |
#   `/bin/sh` is dash on Debian and Ubuntu. What only bash expands is left as it is there, or ends the script: `mkdir -p /srv/{a,b}` makes one folder with
#   braces in its name, `${name^^}` is a bad substitution, `$RANDOM` is empty. BusyBox ash, which is `/bin/sh` on Alpine, supports some of it, such as
#   `${name/a/b}`, but not brace expansion, arrays or case conversion.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3009
#   - https://www.shellcheck.net/wiki/SC3060
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{culprit}` is a bash expansion, but `{shell}` runs this script{effect}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Use the POSIX form, or choose bash: `SHELL ["/bin/bash", "-c"]` in a Dockerfile, `shell: bash` in a workflow, `command: [bash, -c]` in a manifest whose image has bash.
#   across_files: true
#   aliases:
#     - hadolint:SC2039
#     - {id: hadolint:SC3001, when: {construct: process-substitution}}
#     - {id: hadolint:SC3002, when: {construct: extended-glob}}
#     - {id: hadolint:SC3003, when: {construct: ansi-quote}}
#     - {id: hadolint:SC3004, when: {construct: locale-quote}}
#     - {id: hadolint:SC3007, when: {construct: bracket-arithmetic}}
#     - {id: hadolint:SC3009, when: {construct: brace-expansion}}
#     - {id: hadolint:SC3018, when: {construct: increment}}
#     - {id: hadolint:SC3019, when: {construct: power}}
#     - {id: hadolint:SC3024, when: {construct: append}}
#     - {id: hadolint:SC3026, when: {construct: caret-class}}
#     - {id: hadolint:SC3028, when: {construct: bash-variable}}
#     - {id: hadolint:SC3030, when: {construct: array}}
#     - {id: hadolint:SC3034, when: {construct: file-substitution}}
#     - {id: hadolint:SC3035, when: {construct: file-backtick}}
#     - {id: hadolint:SC3052, when: {construct: based-number}}
#     - {id: hadolint:SC3053, when: {construct: indirection}}
#     - {id: hadolint:SC3054, when: {construct: array-reference}}
#     - {id: hadolint:SC3055, when: {construct: array-keys}}
#     - {id: hadolint:SC3056, when: {construct: name-list}}
#     - {id: hadolint:SC3057, when: {construct: slice}}
#     - {id: hadolint:SC3058, when: {construct: list-operation}}
#     - {id: hadolint:SC3059, when: {construct: case-change}}
#     - {id: hadolint:SC3060, when: {construct: replacement}}
#     - shellcheck:SC2039
#     - {id: shellcheck:SC3001, when: {construct: process-substitution}}
#     - {id: shellcheck:SC3002, when: {construct: extended-glob}}
#     - {id: shellcheck:SC3003, when: {construct: ansi-quote}}
#     - {id: shellcheck:SC3004, when: {construct: locale-quote}}
#     - {id: shellcheck:SC3007, when: {construct: bracket-arithmetic}}
#     - {id: shellcheck:SC3009, when: {construct: brace-expansion}}
#     - {id: shellcheck:SC3018, when: {construct: increment}}
#     - {id: shellcheck:SC3019, when: {construct: power}}
#     - {id: shellcheck:SC3024, when: {construct: append}}
#     - {id: shellcheck:SC3026, when: {construct: caret-class}}
#     - {id: shellcheck:SC3028, when: {construct: bash-variable}}
#     - {id: shellcheck:SC3030, when: {construct: array}}
#     - {id: shellcheck:SC3034, when: {construct: file-substitution}}
#     - {id: shellcheck:SC3035, when: {construct: file-backtick}}
#     - {id: shellcheck:SC3052, when: {construct: based-number}}
#     - {id: shellcheck:SC3053, when: {construct: indirection}}
#     - {id: shellcheck:SC3054, when: {construct: array-reference}}
#     - {id: shellcheck:SC3055, when: {construct: array-keys}}
#     - {id: shellcheck:SC3056, when: {construct: name-list}}
#     - {id: shellcheck:SC3057, when: {construct: slice}}
#     - {id: shellcheck:SC3058, when: {construct: list-operation}}
#     - {id: shellcheck:SC3059, when: {construct: case-change}}
#     - {id: shellcheck:SC3060, when: {construct: replacement}}
package rules.shell["bash-expansion"]

import data.lib.shells

deny contains {"at": construct.at, "culprit": construct.text, "shell": shells.shell_name(construct), "effect": _effect(construct.kind), "construct": construct.kind, "advice": _advice(construct, construct.kind), "severity": _severity(construct)} if {
	some construct in input.constructs
	construct.kind in {
		"ansi-quote", "append", "array", "array-keys", "array-reference", "based-number", "bash-variable", "brace-expansion",
		"bracket-arithmetic", "caret-class", "case-change", "extended-glob", "file-backtick", "file-substitution", "increment", "indirection",
		"list-operation", "locale-quote", "name-list", "power", "replacement", "slice",
	}
	_is_unknown(construct)
}

_is_unknown(construct) if shells.is_plain(construct)

# What BusyBox does not know either.
_is_unknown(construct) if {
	construct.kind in {
		"append", "array", "array-keys", "array-reference", "brace-expansion", "bracket-arithmetic", "case-change", "extended-glob",
		"indirection", "list-operation", "name-list",
	}
	shells.is_ash_at_most(construct)
}

deny contains {"at": substitution.at, "culprit": substitution.text, "shell": command.shell, "construct": "process-substitution", "effect": "", "advice": _advice(command, "process-substitution"), "severity": _severity(command)} if {
	some command in input.commands
	some substitution in command.substitutions
	substitution.kind == "process"
	command.is_parsed
	shells.is_plain(command)
}

# The POSIX form where there is one, and else bash.
_advice(row, kind) := sprintf("Write `%s`", [_variables[_name(row.text)]]) if {
	kind == "bash-variable"
	_variables[_name(row.text)]
} else := sprintf("Write `%s`, or %s", [_count(row.text), shells.choose_bash(row)]) if {
	kind == "brace-expansion"
	_count(row.text) != ""
} else := sprintf("%s, or %s", [_instead[kind], shells.choose_bash(row)]) if {
	_instead[kind]
	not _is_of_list(row, kind)
} else := concat("", [upper(substring(how, 0, 1)), substring(how, 1, -1)]) if how := shells.choose_bash(row)

# What is added to an array has no POSIX form.
_is_of_list(row, kind) if {
	kind == "append"
	contains(row.text, "(")
}

_name(text) := split(trim_left(text, "${"), "}")[0]

_variables := {
	"UID": "$(id -u)", "EUID": "$(id -u)", "HOSTNAME": "$(hostname)", "SECONDS": "$(date +%s)", "HOSTTYPE": "$(uname -m)", "MACHTYPE": "$(uname -m)", "OSTYPE": "$(uname -s)",
	"RANDOM": "$(awk 'BEGIN { srand(); print int(rand() * 32768) }')",
}

_instead := {
	"ansi-quote": "Write `\"$(printf '…')\"`",
	"append": "Write `name=\"${name}…\"`",
	"bracket-arithmetic": "Write `$((…))`",
	"brace-expansion": "Write each word out",
	"caret-class": "Write `[!…]`",
	"case-change": "Use `tr '[:lower:]' '[:upper:]'`",
	"file-substitution": "Write `$(cat FILE)`",
	"file-backtick": "Write `$(cat FILE)`",
	"increment": "Write `$((name + 1))`",
	"locale-quote": "Remove the `$` before the quotes",
	"process-substitution": "Write the output to a file first",
	"replacement": "Use `sed`",
	"slice": "Use `cut -c`",
}

_effect(kind) := ", which leaves the braces as they are" if kind == "brace-expansion"

_effect(kind) := "" if kind != "brace-expansion"

# `{1..30}` counts, as `seq` does.
_count(text) := sprintf("$(seq %s %s)", ends) if {
	ends := split(trim(text, "{}"), "..")
	count(ends) == 2
	every end in ends {
		_is_number(end)
	}
} else := ""

_is_number(text) if {
	text != ""
	trim(text, "0123456789") == ""
}

# Nothing tells whether the `sh` of the image is bash.
_severity(row) := "info" if {
	shells.is_of_unknown_image(row)
	not shells.is_ash(row)
} else := "warning"
