# METADATA
# title: Shell syntax in exec form
# description: |
#   No shell interprets a JSON list: the program gets `&&` or `$NAME` as a literal argument.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#exec-form
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "no shell interprets `{text}` here: `{program}` receives it as an argument"
#   remediation: "Use the shell form, or call the shell: `[\"sh\", \"-c\", \"…\"]`."
#   aliases:
#     - {id: kics:shell_running_a_pipe_without_pipefail_flag, when: is_pipe_of_shell}
package rules.dockerfile["shell-syntax-in-list"]

deny contains {"at": instruction.at, "field": argument.field, "text": argument.text, "program": instruction.arguments[0].text} if {
	some instruction in input.instructions
	instruction.keyword in {"RUN", "CMD", "ENTRYPOINT"}
	instruction.form == "exec"
	some argument in instruction.arguments
	_is_shell_syntax(argument.text)
	not _has_shell(instruction)
}

# A shell reads no operators that stand beside its script.
deny contains {"at": instruction.at, "field": argument.field, "text": argument.text, "program": instruction.arguments[0].text, "is_pipe_of_shell": _is_pipe(instruction, argument.text)} if {
	some instruction in input.instructions
	instruction.keyword in {"RUN", "CMD", "ENTRYPOINT"}
	instruction.form == "exec"
	some argument in instruction.arguments
	argument.text in {"&&", "||", "|"}
	_shell(instruction) in {"sh", "bash", "dash", "ash", "ksh", "zsh"}
}

_shell(instruction) := parts[count(parts) - 1] if {
	parts := split(instruction.arguments[0].text, "/")
}

_is_pipe(instruction, text) if {
	instruction.keyword == "RUN"
	text == "|"
	_shell(instruction) in {"bash", "zsh", "ash"}
} else := false

_has_shell(instruction) if {
	some argument in instruction.arguments
	parts := split(replace(argument.text, "\\", "/"), "/")
	parts[count(parts) - 1] in {"sh", "bash", "dash", "ash", "ksh", "zsh", "fish", "busybox", "pwsh", "powershell", "pwsh.exe", "powershell.exe", "cmd", "cmd.exe", "-c", "-ec", "-lc", "awk", "envsubst"}
}

# What begins the command of an entry point may be given to a shell by that.
_is_shell_syntax(text) if text in {"&&", "||", "|", ">", ">>", "<", "2>&1", "&"}

_is_shell_syntax(text) if {
	startswith(text, "${")
	endswith(text, "}")
}

_is_shell_syntax(text) if {
	startswith(text, "$")
	count(text) > 1
	trim(substring(text, 1, -1), "ABCDEFGHIJKLMNOPQRSTUVWXYZ_") == ""
}
