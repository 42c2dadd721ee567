# METADATA
# title: Discontinued keyserver
# description: |
#   The pool of SKS keyservers was shut down in June 2021, and its names do not resolve any more: a command that asks it fails.
# related_resources:
#   - https://keys.openpgp.org/about
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{server}` was shut down in June 2021"
#   remediation: "Use `hkps://keys.openpgp.org` or `hkps://keyserver.ubuntu.com`, whichever has the key."
#   implied_by: [dockerfile/apt-key]
package rules.shell["dead-keyserver"]

deny contains {"at": found[0].at, "server": _server(found[0].text)} if {
	some command in input.commands
	command.program in {"gpg", "gpg2", "apt-key", "dirmngr", "pacman-key"}
	found := [word | some word in command.words; _is_dead(word.text)]
	count(found) > 0
	not _has_another(command)
}

_is_dead(text) if contains(text, "sks-keyservers.net")

_server(text) := split(split(parts[count(parts) - 1], ":")[0], "/")[0] if parts := split(trim_prefix(text, "--keyserver="), "://")

# `gpg --keyserver dead … || gpg --keyserver living …`
_has_another(command) if command.list_after == "||"

_has_another(command) if command.list == "||"
