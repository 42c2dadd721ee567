# METADATA
# title: "&& and || used as if-else"
# description: |
#   `a && b || c` is no `if`: where `a` holds and `b` fails, `c` runs as well.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2015
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `if a; then b; else c; fi` instead of `a && b || c`. If `b` and `c` are two ways to do the same, group `b || c` in braces behind `a &&`.
#   aliases:
#     - hadolint:SC2015
#     - shellcheck:SC2015
package rules.shell["and-or-chain"]

deny contains {"at": other.at, "problem": _problem(command, other), "advice": _advice(command, other), "severity": _severity(command, other), "related": [{"at": command.at, "message": "if this fails"}]} if {
	some command in input.commands
	command.list == "&&"
	command.list_after == "||"
	command.is_last
	not _cannot_fail(command.program)
	not command.in_condition
	input.sizes.commands_by_script[command.script] < 1000
	some other in input.index.commands_by_script[command.script]
	other.pipeline == command.pipeline + 1
	other.depth == command.depth
	other.place == 0
	not _is_fallback(other)
}

# `[ -f package-lock.json ] && npm ci || npm install` asks which of the two is to run: either of them is right.
_is_alternative(command, other) if {
	_is_way(command, other)
	not _is_question(_first(command))
}

_is_question(first) if first.program in {"[", "[[", "test", "which", "type", "id", "getent", "grep", "egrep", "fgrep", "dpkg", "rpm", "pgrep", "pidof", "cmp", "diff"}

_is_question(first) if {
	first.program in {"command", "hash"}
	count(first.words) > 0
}

# The second of two ways to do the same: `wget a || wget b`. What is before both must not lead there, and the chain goes on.
_is_way(command, other) if command.program == other.program

_is_way(command, other) if {
	command.program in _downloaders
	other.program in _downloaders
}

_is_way(command, other) if {
	command.program in _checksums
	other.program in _checksums
}

_is_way(_, other) if other.list_after == "&&"

# `dpkg -i x.deb || apt-get -f install` lets apt fetch what dpkg misses.
_is_way(command, other) if {
	command.program == "dpkg"
	other.manager in {"apt", "apt-get", "aptitude"}
}

_downloaders := {"curl", "wget", "fetch", "aria2c", "axel"}

_checksums := {"sha256sum", "sha512sum", "sha384sum", "sha1sum", "shasum", "md5sum", "b2sum"}

_signatures := {"gpg", "gpg2", "gpgv", "cosign", "minisign", "signify", "openssl"}

_first(command) := before[0] if {
	before := [previous |
		some previous in input.index.commands_by_script[command.script]
		previous.pipeline == command.pipeline - 1
		previous.depth == command.depth
		previous.place == 0
		previous.program
	]
	count(before) > 0
}

_problem(command, other) := sprintf("if `%s` fails, `%s` still runs and the chain goes on", [_first(command).program, other.program]) if {
	_is_alternative(command, other)
	_first(command)
} else := sprintf("if what precedes `%s` fails, `%s` still runs and the chain goes on", [command.program, other.program]) if {
	_is_alternative(command, other)
	command.program
} else := sprintf("`%s` also runs if `%s` fails", [_shown(other), _shown(command)])

# The command as it is written, where that is short.
_shown(command) := text if {
	text := _text(command)
	count(text) < 50
} else := object.get(command, "program", "…")

_text(command) := concat(" ", array.concat([command.program], [word.text | some word in command.words])) if {
	every word in command.words {
		word.quote == "none"
		not contains(word.text, " ")
	}
	count(command.redirects) == 0
}

_middle(command) := object.get(command, "program", "…")

_advice(command, other) := sprintf("Group the two: `… && { %s … || %s …; } && …`.", [_middle(command), other.program]) if {
	_is_alternative(command, other)
	command.program
} else := sprintf("Write `if %s; then %s; else %s; fi`.", [_shown(_first(command)), _shown(command), _shown(other)]) if {
	_is_question(_first(command))
	count(_text(_first(command))) < 50
	count(_text(command)) < 50
	count(_text(other)) < 50
} else := sprintf("Write `if …; then %s …; else %s …; fi`.", [_middle(command), other.program])

# A failed signature that leads to the next command is passed over.
_severity(command, other) := "warning" if {
	_is_alternative(command, other)
	_verifies(_first(command))
} else := "info"

_verifies(command) if {
	command.program in _signatures
	some word in command.words
	word.text in {"--verify", "verify", "verify-blob", "-V", "-verify"}
}

_verifies(command) if command.program == "gpgv"

_cannot_fail(program) if program in {"echo", "printf", "exit", "return", "true", ":", "export", "[", "test", "[["}

# What ends the script, reports or does nothing is meant for every failure.
_is_fallback(command) if command.program in {"echo", "printf", "exit", "return", "true", ":", "false", "cat", "kill", "sync", "sleep"}

_is_fallback(command) if command.list_after == "||"
