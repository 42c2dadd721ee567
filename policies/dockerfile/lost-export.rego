# METADATA
# title: Variable lost after RUN
# description: |
#   Each `RUN` is a separate shell: what it exports, sources or defines is gone when it ends.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "what `{program}` sets is lost when this `RUN` ends"
#   remediation: Use `ENV`, or set it in the same `RUN`, before the command that needs it.
package rules.dockerfile["lost-export"]

deny contains {"at": command.at, "program": command.program} if {
	some command in input.commands
	command.program in {"export", "source", ".", "alias", "umask"}
	command.source in {"run", "heredoc"}
	not command.in_function
	not command.in_condition
	command.is_final
	not _may_do_more(command)
}

# A script that is read may do anything; the ones that set an environment up are known by their names.
_may_do_more(command) if {
	command.program in {"source", "."}
	not _sets_up(command)
}

_sets_up(command) if {
	some ending in ["/activate", "/.bashrc", "/.profile", "/.bash_profile", "/etc/profile", "/.cargo/env", "/setvars.sh"]
	endswith(command.args[0], ending)
}
