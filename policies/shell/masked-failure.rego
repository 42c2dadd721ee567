# METADATA
# title: Masked exit status
# description: |
#   `export NAME=$(command)` succeeds whether the command does or not, so `set -e` and `&&` do not see its failure. Where neither is used, nothing is
#   masked.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2155
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`{program}` masks the exit status of {inner}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Assign in a command of its own: `NAME=$(command); export NAME`, likewise for `readonly`. For `local`, `declare` and `typeset`, declare first:
#     `local name; name=$(command)`. In a chain, join the two with `&&`.
#   aliases:
#     - hadolint:SC2155
#     - shellcheck:SC2155
package rules.shell["masked-failure"]

deny contains {"at": substitution.at, "program": command.program, "inner": _shown(substitution.expansion), "advice": _advice(command, order)} if {
	some command in input.commands
	command.program in {"export", "local", "readonly", "declare", "typeset"}
	not command.flags["-r"]
	some substitution in command.substitutions
	substitution.kind in {"command", "backtick"}
	substitution.may_fail
	contains(substitution.text, "=")
	not _may_fail(substitution.text)
	not _extends_path(substitution.text)
	not _is_scratch(substitution.text)
	not _is_cut_out(substitution.text)
	_is_asked(command)
	parts := _parts(substitution.text)
	order := _order(command.program, parts)
}

_advice(command, order) := sprintf("Write `%s%s%s`.", [order[0], _joint(command), order[1]]) if {
	count(concat("", order)) < 100
	not contains(order[0], "…")
	not contains(order[1], "…")
}

_advice(command, order) := sprintf("Assign and `%s` in two commands, joined with `%s`.", [command.program, trim_space(_joint(command))]) if _is_cut(order)

_is_cut(order) if count(concat("", order)) > 99

_is_cut(order) if contains(order[0], "…")

_is_cut(order) if contains(order[1], "…")

# In a chain `;` would throw away the failure of what is before it.
_joint(command) := " && " if _is_chained(command)

_joint(command) := "; " if not _is_chained(command)

_is_chained(command) if command.list == "&&"

_is_chained(command) if command.list_after == "&&"

# `set -e`, or what `&&` and `||` decide.
_is_asked(command) if command.is_errexit

_is_asked(command) if command.list_after in {"&&", "||"}

_parts(text) := [substring(text, 0, equals), substring(text, equals + 1, -1)] if equals := indexof(text, "=")

# A local variable is declared first; what is read-only cannot be assigned any more.
_order(program, parts) := [concat(" ", [program, parts[0]]), _assignment(parts)] if not program in {"readonly", "export"}

_order(program, parts) := [_assignment(parts), concat(" ", [program, parts[0]])] if program in {"readonly", "export"}

_assignment(parts) := concat("", [parts[0], "=\"", _short(_dollar(parts[1])), "\""])

# As the file has it; backticks within backticks end the code in a message.
_shown(expansion) := sprintf("`` %s ``", [expansion]) if {
	startswith(expansion, "`")
} else := sprintf("`%s`", [expansion])

# What is too long to be shown whole is named by its outer form.
_short(text) := "$(…)" if {
	count(text) > 60
} else := text

# `$(command || true)` and `$(test … && echo …)` are written so that a failure is an answer.
_may_fail(text) if {
	some part in ["$(tty)", "`tty`", "|| true", "|| :", "|| echo ", "|| printf ", "&& echo ", "&& printf "]
	contains(text, part)
}

# In quotes a substitution is written with `$( )`; a subshell in it keeps its distance, for `$((` is arithmetic.
_dollar(text) := sprintf("$( %s )", [trim(text, "`")]) if {
	startswith(text, "`(")
} else := sprintf("$(%s)", [trim(text, "`")]) if {
	startswith(text, "`")
} else := text

# A folder that is missing from the search path is missed where its programs are run.
_extends_path(text) if {
	startswith(text, "PATH=")
	contains(text, "$PATH")
}

_extends_path(text) if {
	startswith(text, "PATH=")
	contains(text, "${PATH}")
}

# `export GNUPGHOME="$(mktemp -d)"` is how keys are checked everywhere: a folder that cannot be made fails what uses it.
_is_scratch(text) if {
	some name in ["GNUPGHOME", "TMPDIR", "TMP", "TEMP", "HOME"]
	startswith(text, concat("", [name, "="]))
	contains(text, "mktemp")
}

# What finds nothing or a difference says so with its status, and that is an answer.
_may_fail(text) if {
	some part in ["$(grep ", "| grep ", "$(diff ", "$(cmp ", "$(test ", "$(pgrep ", "$(egrep ", "| egrep "]
	contains(text, part)
}

# `$(echo "$name" | cut -d- -f1)` only cuts a text that is there.
_is_cut_out(text) if {
	some start in ["$(echo ", "$(printf ", "\"$(echo ", "\"$(printf ", "`echo ", "`printf "]
	contains(text, concat("", ["=", start]))
}
