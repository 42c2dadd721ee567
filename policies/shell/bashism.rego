# METADATA
# title: bash in a script for sh
# description: |
#   `/bin/sh` is dash on Debian and Ubuntu: what only bash knows fails there, or quietly does something else.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2039
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{culprit}` is bash's, and the script is read by `{shell}`"
#   remediation: "Write what POSIX has for it, or choose bash: `SHELL [\"/bin/bash\", \"-c\"]`, `shell: bash`."
#   aliases:
#     - hadolint:SC2039
#     - hadolint:SC3001
#     - hadolint:SC3010
#     - hadolint:SC3011
#     - hadolint:SC3014
#     - hadolint:SC3020
#     - hadolint:SC3028
#     - hadolint:SC3037
#     - hadolint:SC3039
#     - hadolint:SC3044
#     - hadolint:SC3045
#     - hadolint:SC3046
#     - hadolint:SC3047
package rules.shell["bashism"]

deny contains _finding(command, command.at, command.program, id) if {
	some command in input.commands
	command.program in {"source", "[[", "let", "pushd", "popd", "declare", "typeset", "shopt", "dirs", "disown"}
	_is_plain(command)
	id := {"source": "SC3046", "[[": "SC3010", "let": "SC3039", "pushd": "SC3044", "popd": "SC3044", "declare": "SC3044", "typeset": "SC3044", "shopt": "SC3044", "dirs": "SC3044", "disown": "SC3044"}[command.program]
}

deny contains _finding(command, word.at, word.text, "SC3014") if {
	some command in input.commands
	command.program in {"[", "test"}
	_is_plain(command)
	some word in command.words
	word.text == "=="
	word.quote == "none"
}

deny contains _finding(command, redirect.at, redirect.operator, id) if {
	some command in input.commands
	some redirect in command.redirects
	id := {"&>": "SC3020", "&>>": "SC3020", "<<<": "SC3011", ">&": "SC3020"}[redirect.operator]
	_is_plain(command)
	_is_file(redirect)
}

deny contains _finding(command, substitution.at, substitution.text, "SC3001") if {
	some command in input.commands
	some substitution in command.substitutions
	substitution.kind == "process"
	_is_plain(command)
}

deny contains _finding(command, variable.at, concat("", ["$", variable.name]), "SC3028") if {
	some command in input.commands
	some variable in command.unquoted
	variable.name in {"RANDOM", "SECONDS", "UID", "EUID", "BASH_VERSION", "BASH_SOURCE", "OSTYPE", "HOSTTYPE", "DIRSTACK", "PIPESTATUS", "FUNCNAME", "HOSTNAME"}
	not variable.is_declared
	_is_plain(command)
}

_finding(command, at, culprit, id) := {"at": at, "culprit": culprit, "shell": command.shell, "aliases": [concat(":", ["hadolint", id])]}

# Whether a shell that knows no more than POSIX reads the command.
_is_plain(command) if {
	command.shell in {"sh", "dash"}
	not _links_bash(command)
}

_is_file(redirect) if redirect.operator != ">&"

_is_file(redirect) if {
	redirect.operator == ">&"
	not redirect.target in {"0", "1", "2", "3", "4", "5", "6", "7", "8", "9", "-"}
	not startswith(redirect.target, "$")
}

# Images whose sh is bash, or a BusyBox that knows the same words.
_links_bash(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some name in ["alpine", "busybox", "fedora", "centos", "rockylinux", "almalinux", "amazonlinux", "oraclelinux", "ubi8", "ubi9", "ubi-minimal", "archlinux", "opensuse", "docker:"]
	contains(stage.base, name)
}
