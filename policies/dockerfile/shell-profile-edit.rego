# METADATA
# title: Setting in a file that only login shells read
# description: |
#   `.bashrc`, `.profile` and `/etc/profile` are read by interactive and login shells. `RUN`, `CMD` and `docker exec` start neither.
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "no `RUN`, `CMD` or `docker exec` reads `{file}`"
#   remediation: "Use `ENV`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["shell-profile-edit"]

deny contains {"at": redirect.at, "file": redirect.target} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	some redirect in command.redirects
	redirect.operator in {">", ">>"}
	_is_profile(redirect.target)
}

deny contains {"at": command.at, "file": word} if {
	some command in input.commands
	command.program == "tee"
	command.source in {"run", "heredoc"}
	some word in command.args
	_is_profile(word)
}

_is_profile(path) if {
	some ending in ["/.bashrc", "/.profile", "/.bash_profile", "/.zshrc", "/etc/profile", "/etc/bash.bashrc", "/.bash_login"]
	endswith(path, ending)
}

_is_profile(path) if startswith(path, "/etc/profile.d/")
