# METADATA
# title: Setting in a login shell profile
# description: |
#   `.bashrc`, `.profile` and `/etc/profile` are read by interactive and login shells. `RUN`, `CMD` and `docker exec` with a program start neither.
# custom:
#   severity: info
#   confidence: medium
#   category: correctness
#   message: "only login and interactive shells read `{file}`; `RUN` and programs do not"
#   remediation: Use `ENV`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["shell-profile-edit"]

deny contains {"at": redirect.at, "file": redirect.target} if {
	some command in input.commands
	command.source in {"run", "heredoc"}
	some redirect in command.redirects
	redirect.operator in {">", ">>"}
	_is_profile(redirect.target)
	not _has_login_shell(command)
}

deny contains {"at": command.at, "file": word} if {
	some command in input.commands
	command.program == "tee"
	command.source in {"run", "heredoc"}
	some word in command.args
	_is_profile(word)
	not _has_login_shell(command)
}

_has_login_shell(command) if {
	some stage in input.index.stages_by_at[command.stage]
	some word in stage.shell
	word in {"-l", "--login", "-lc", "-i", "-ic", "-lic"}
}

_is_profile(path) if {
	not startswith(path, "/etc/skel")
	some ending in ["/.bashrc", "/.profile", "/.bash_profile", "/.zshrc", "/etc/profile", "/etc/bash.bashrc", "/.bash_login"]
	endswith(path, ending)
}

_is_profile(path) if startswith(path, "/etc/profile.d/")
