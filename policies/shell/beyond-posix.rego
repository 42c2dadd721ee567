# METADATA
# title: Non-POSIX construct in a POSIX script
# description: |
#   dash and BusyBox both support `local`, `echo -n` and `[ a -nt b ]`, but POSIX does not define them: a script that has to run in every `sh` avoids
#   them.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC3043
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{culprit}` is not in POSIX, but `{shell}` runs this script"
#   remediation: Leave it if the shell is dash or BusyBox ash; otherwise use the POSIX form, such as `printf` for `echo -n`.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - {id: hadolint:SC3012, when: {kind: order-comparison}}
#     - {id: hadolint:SC3013, when: {kind: file-comparison}}
#     - {id: hadolint:SC3037, when: {kind: echo-flag}}
#     - {id: hadolint:SC3043, when: {kind: local}}
#     - {id: hadolint:SC3049, when: {kind: signal-case}}
#     - {id: shellcheck:SC3012, when: {kind: order-comparison}}
#     - {id: shellcheck:SC3013, when: {kind: file-comparison}}
#     - {id: shellcheck:SC3037, when: {kind: echo-flag}}
#     - {id: shellcheck:SC3043, when: {kind: local}}
#     - {id: shellcheck:SC3049, when: {kind: signal-case}}
package rules.shell["beyond-posix"]

deny contains _finding(command, command.at, "local", "local") if {
	some command in input.commands
	command.program == "local"
	_is_portable(command)
}

deny contains _finding(command, word.at, culprit, "echo-flag") if {
	some command in input.commands
	command.program == "echo"
	not command.has_path
	word := command.words[0]
	word.text == "-n"
	word.quote == "none"
	_is_portable(command)
	culprit := "echo -n"
}

deny contains _finding(command, word.at, word.text, kind) if {
	some command in input.commands
	command.program in {"[", "test"}
	some number, word in command.words
	number > 0
	word.quote == "none"
	kind := _comparison(word.text)
	count(command.words) > number + 1
	_is_portable(command)
}

deny contains _finding(command, word.at, word.text, "signal-case") if {
	some command in input.commands
	command.program == "trap"
	some number, word in command.words
	number > 0
	lower(word.text) in {"exit", "hup", "int", "quit", "term"}
	upper(word.text) != word.text
	_is_portable(command)
}

_finding(command, at, culprit, kind) := {"at": at, "culprit": culprit, "shell": command.shell, "kind": kind}

_comparison(text) := kind if kind := {"-nt": "file-comparison", "-ot": "file-comparison", "-ef": "file-comparison", "<": "order-comparison", ">": "order-comparison"}[text]

_is_portable(command) if command.shell == "sh"
