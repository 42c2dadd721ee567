# METADATA
# title: Masked exit status
# description: |
#   `export NAME=$(command)` succeeds whether the command does or not, so `set -e` and `&&` see nothing of its failure.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2155
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`{program}` masks the exit status of the command substitution"
#   remediation: "Assign first, then write `{program} NAME`."
#   aliases:
#     - hadolint:SC2155
#     - shellcheck:SC2155
package rules.shell["masked-failure"]

deny contains {"at": substitution.at, "program": command.program} if {
	some command in input.commands
	command.program in {"export", "local", "readonly", "declare", "typeset"}
	not command.flags["-r"]
	some substitution in command.substitutions
	substitution.kind in {"command", "backtick"}
	contains(substitution.text, "=")
	not _may_fail(substitution.text)
}

# `$(command || true)` and `$(test … && echo …)` are written so that a failure is an answer.
_may_fail(text) if {
	some part in ["|| true", "|| :", "|| echo ", "|| printf ", "&& echo ", "&& printf "]
	contains(text, part)
}
