# METADATA
# title: bash redirection in a POSIX script
# description: |
#   dash, which is `/bin/sh` on Debian and Ubuntu, reads `&> file` as "run in the background, and truncate the file"; `<<<` and `|&` are syntax errors,
#   and `/dev/tcp` is a file that does not exist. BusyBox ash, which is `/bin/sh` on Alpine, supports only `&>` of these.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3020
#   - https://www.shellcheck.net/wiki/SC3011
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{culprit}` is a bash redirection{effect}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `> file 2>&1` instead of `&> file` or `>& file`, `2>&1 |` instead of `|&`, and `printf '%s\n' text |` before the command instead of `<<<
#     text`. If there is no POSIX form, as for `/dev/tcp`, run the script with bash.
#   aliases:
#     - hadolint:SC2039
#     - {id: hadolint:SC3011, when: {kind: here-string}}
#     - {id: hadolint:SC3020, when: {kind: output-and-error}}
#     - {id: hadolint:SC3021, when: {kind: joined-output}}
#     - {id: hadolint:SC3022, when: {kind: named-descriptor}}
#     - {id: hadolint:SC3023, when: {kind: long-descriptor}}
#     - {id: hadolint:SC3025, when: {kind: network}}
#     - {id: hadolint:SC3029, when: {kind: piped-error}}
#     - {id: hadolint:SC3031, when: {kind: globbed-redirect}}
#     - shellcheck:SC2039
#     - {id: shellcheck:SC3011, when: {kind: here-string}}
#     - {id: shellcheck:SC3020, when: {kind: output-and-error}}
#     - {id: shellcheck:SC3021, when: {kind: joined-output}}
#     - {id: shellcheck:SC3022, when: {kind: named-descriptor}}
#     - {id: shellcheck:SC3023, when: {kind: long-descriptor}}
#     - {id: shellcheck:SC3025, when: {kind: network}}
#     - {id: shellcheck:SC3029, when: {kind: piped-error}}
#     - {id: shellcheck:SC3031, when: {kind: globbed-redirect}}
package rules.shell["bash-redirect"]

import data.lib.shells

deny contains object.union(_finding(command, redirect.at, redirect.operator, kind), {"advice": _advice(kind, redirect)}) if {
	some command in input.commands
	command.shell in {"sh", "dash", "ash"}
	some redirect in command.redirects
	kind := _kind(redirect)
	_is_unknown(command, kind)
}

deny contains _finding(construct, construct.at, construct.text, construct.kind) if {
	some construct in input.constructs
	construct.kind in {"globbed-redirect", "named-descriptor", "piped-error"}
	not _is_requirement(construct)
	_is_unknown(construct, construct.kind)
}

# `pip install kelp>=3.0.*`: the shell takes the `>` of a requirement that lacks its quotes for a redirection.
_is_requirement(construct) if {
	construct.kind == "globbed-redirect"
	startswith(construct.text, "=")
}

# No base says which shell `sh` is: where it is dash, `&>` starts the command in the background, and its status is always 0.
deny contains object.union(_finding(command, redirect.at, redirect.operator, "output-and-error"), {"severity": "info", "advice": _advice("output-and-error", redirect)}) if {
	some command in input.commands
	command.shell == "sh"
	command.stage
	some redirect in command.redirects
	redirect.operator in {"&>", "&>>"}
	some stage in input.index.stages_by_at[command.stage]
	stage.has_base
	not stage.sh
}

_is_unknown(row, _) if shells.is_plain(row)

# BusyBox knows `&>`, and no more of these.
_is_unknown(row, kind) if {
	kind in {"here-string", "named-descriptor", "network", "piped-error"}
	shells.is_ash_at_most(row)
}

_finding(row, at, culprit, kind) := {"at": at, "culprit": culprit, "kind": kind, "effect": _effect(row, kind), "advice": "Write `> file 2>&1`, `2>&1 |` or `printf … |`; or choose bash."}

_effect(row, kind) := sprintf(": `%s` runs the command in the background, and redirects nothing", [shells.shell_name(row)]) if {
	kind == "output-and-error"
} else := sprintf(", but `%s` runs this script", [shells.shell_name(row)])

_advice(kind, redirect) := sprintf("Write `%s %s 2>&1`; or choose bash.", [_arrow(redirect), redirect.target]) if {
	kind in {"output-and-error", "joined-output"}
	count(redirect.target) < 60
	not contains(redirect.target, "`")
} else := "Write `printf … |` before the command; or choose bash." if {
	kind == "here-string"
} else := "Use the POSIX form; or choose bash."

_arrow(redirect) := ">>" if {
	redirect.operator == "&>>"
} else := ">"

_kind(redirect) := kind if kind := {"&>": "output-and-error", "&>>": "output-and-error", "<<<": "here-string"}[redirect.operator]

_kind(redirect) := "joined-output" if {
	redirect.operator == ">&"
	not redirect.target in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"}
	not startswith(redirect.target, "$")
}

_kind(redirect) := "network" if {
	redirect.operator in {"<", ">", "<>", "0<", "1>", "2>"}
	_is_network(redirect.target)
}

# A descriptor of two digits.
_kind(redirect) := "long-descriptor" if {
	substring(redirect.operator, 0, 1) in {"1", "2", "3", "4", "5", "6", "7", "8", "9"}
	substring(redirect.operator, 1, 1) in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9"}
}

_is_network(target) if startswith(target, "/dev/tcp/")

_is_network(target) if startswith(target, "/dev/udp/")
