# METADATA
# title: Unquoted command substitution
# description: |
#   The shell splits the output of the inner command at whitespace and expands globs in it.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2046
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "unquoted {shown} is subject to word splitting and globbing"
#   remediation: "{quoted} unless several words are intended."
#   how_to_fix: >-
#     Put the whole word in double quotes, with `$(…)` in place of backticks, unless several words are intended.
#   once: true
#   habit: true
#   aliases:
#     - hadolint:SC2046
#     - shellcheck:SC2046
package rules.shell["unquoted-substitution"]

deny contains {"at": substitution.at, "about": command.document, "shown": _shown(substitution.expansion), "quoted": _quoted(substitution), "minor": _is_minor(command)} if {
	some command in input.commands
	command.is_parsed
	not command.program in {"[[", "let", "export", "declare", "local", "readonly", "typeset"}
	some substitution in command.substitutions
	substitution.kind in {"command", "backtick"}
	substitution.splits
	not substitution.prints in {"one-word", "words"}
	not command.program in {"kill", "exit", "return", "eval", "echo"}
	not _is_of_tekton(substitution.expansion)
	not _is_optional(substitution.text)
	not _is_of_a_path(substitution.expansion)
	not _is_list(command, substitution)
	not _is_of_words(substitution)
	not _is_comment(substitution.text)
	trim(substitution.expansion, "$()` ") != ""
}

# `` `# a comment within continued lines` `` prints nothing, and in quotes it would be an empty word.
_is_comment(text) if startswith(trim_left(trim_left(text, "`$("), " \t"), "#")

# What a build of an image reads is its author's own, and who writes it knows what it holds.
_is_minor(command) if {
	command.instruction
} else := false

# `$(realpath /usr/share/java/jna.jar)` prints the one path that is written there, or another without spaces.
_is_of_a_path(text) if {
	some start in ["$(realpath /", "$(readlink -f /", "$(readlink /"]
	startswith(text, start)
	every sign in ["$", "*", "?", "|", ";", "&", "\"", "'", "`"] {
		not contains(substring(text, 2, -1), sign)
	}
}

# `$(dirname "./build/app")` prints a part of the path that is written there.
_is_of_a_path(text) if {
	some start in ["$(basename ", "$(dirname "]
	startswith(text, start)
	path := trim(substring(text, count(start), -1), ")\"'")
	every sign in ["$", "*", "?", "[", "|", ";", "&", "\"", "'", "`", "(", " ", "<", ">"] {
		not contains(path, sign)
	}
}

# Which packages are meant is many words.
_is_list(command, substitution) if {
	command.manager
	substitution.is_whole
}

# `$(params.name)` and its like are filled in by Tekton before a shell reads the script.
_is_of_tekton(text) if {
	some start in ["$(params.", "$(inputs.", "$(outputs.", "$(results.", "$(tasks.", "$(workspaces.", "$(context.", "$(steps.", "$(step.", "$(resources.", "$(tt.", "$(finally."]
	startswith(text, start)
	not contains(text, " ")
}

# What joins words with spaces is meant to be split.
_is_optional(text) if {
	some sign in ["join(\" \")", "join(' ')", "%s ", "xargs"]
	contains(text, sign)
}

# `$(if …; then echo "--tag v1"; fi)` prints an option with its value, or nothing.
_is_optional(text) if {
	some start in ["$(if ", "$(case ", "$([ ", "$([[ ", "$(test "]
	startswith(text, start)
	contains(text, "echo")
}

# What prints several words, with spaces between them on purpose.
_is_of_words(substitution) if {
	substitution.is_whole
	some sign in ["join(\" \")", "join(' ')", "join(\\\" \\\")", "%s '", "%s \"", "tr '\\n' ' '", "tr \"\\n\" ' '", "tr '\\n' \" \"", "tr \"\\n\" \" \"", "paste -sd' '", "paste -sd ' '", "paste -s -d ' '", "paste -s -d' '", "paste -sd\" \"", "| xargs)", "| xargs echo)"]
	contains(substitution.text, sign)
}

# Arguments, flags and names that are kept in a file.
_is_of_words(substitution) if {
	substitution.is_whole
	_is_of_file(substitution)
	some part in ["args", "arguments", "flags", "opts", "options", "list", "packages", "pkgs", "deps", "files", "targets", "modules", "requirements", "names"]
	contains(lower(substitution.text), part)
}

# Programs that take any number of files are given those that a file lists.
_is_list(command, substitution) if {
	substitution.is_whole
	_is_of_file(substitution)
	not contains(substitution.text, "|")
	command.program in {
		"chmod", "chown", "chgrp", "tar", "zip", "ls", "wc", "touch", "pytest", "py.test", "eslint", "prettier", "shellcheck", "ruff", "flake8", "mypy",
		"black", "pre-commit", "cargo", "rustfmt", "clang-format",
	}
}

_is_of_file(substitution) if {
	some start in ["$(cat ", "`cat ", "$(<"]
	startswith(substitution.text, start)
}

# `$(test … && echo --flag)` is a word or none: in quotes it would be an empty one.
_is_optional(text) if {
	some start in ["&& echo ", "&& printf "]
	contains(text, start)
}

# In quotes a substitution is written with `$( )`.
_dollar(text) := sprintf("$(%s)", [trim(text, "`")]) if {
	startswith(text, "`")
} else := text

# Backticks within backticks end the code in a message.
_shown(expansion) := sprintf("`` %s ``", [expansion]) if {
	startswith(expansion, "`")
} else := sprintf("`%s`", [expansion])

# The whole word in quotes, if nothing else in it has any, and it is short enough to be shown.
_quoted(substitution) := "Put the whole word into double quotes" if {
	contains(substitution.expansion, "…")
} else := sprintf("Write `\"%s\"`", [word]) if {
	word := replace(substitution.text, substitution.expansion, _dollar(substitution.expansion))
	not contains(word, "\"")
	count(word) < 100
} else := sprintf("Write `\"%s\"`", [_dollar(substitution.expansion)]) if {
	count(substitution.expansion) < 100
} else := "Put the whole word into double quotes"
