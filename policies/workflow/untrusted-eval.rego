# METADATA
# title: Untrusted text evaluated as code
# description: |
#   The variable keeps the text out of the script, but `eval` and similar commands interpret it as a script after all: `$(…)`, a semicolon or a quote in a
#   title, a body or a branch name runs.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{program}` runs attacker-controlled `${name}` as code"
#   remediation: "Pass `${name}` as an argument or through the environment, not as part of the code."
#   aliases: []
package rules.workflow["untrusted-eval"]

import data.lib.severities

deny contains {"at": word.at, "program": command.program, "name": name, "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	command.program == "eval"
	some word in command.words
	some name in _read(command, word)
}

# `bash -c "… $BODY"`
deny contains {"at": word.at, "program": concat(" ", [command.program, flag]), "name": name, "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	command.program in {"sh", "bash", "dash", "zsh", "ksh", "python", "python3", "node", "perl", "ruby", "php", "pwsh", "powershell", "su", "deno", "bun"}
	some number, start in command.words
	flag := start.text
	_takes_code(command.program, flag)
	word := command.words[number + 1]
	some name in _read(command, word)
}

# `ssh host "… $BODY"`: the other side's shell reads it.
deny contains {"at": word.at, "program": "ssh", "name": name, "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	command.program == "ssh"
	some word in command.words
	some name in _read(command, word)
}

# `echo "$BODY" | sh`, `bash <<< "$BODY"`
deny contains {"at": word.at, "program": shell, "name": name, "severity": severities.of_script(command, name)} if {
	some command in input.commands
	command.source == "step"
	command.program in {"echo", "printf"}
	some shell in command.pipes_to
	shell in {"sh", "bash", "dash", "zsh", "ksh"}
	_reads_input(command, shell)
	some word in command.words
	some name in _read(command, word)
}

_takes_code(program, flag) if {
	program in {"sh", "bash", "dash", "zsh", "ksh", "su"}
	startswith(flag, "-")
	not startswith(flag, "--")
	endswith(flag, "c")
}

_takes_code(program, flag) if {
	program in {"python", "python3"}
	flag == "-c"
}

_takes_code(program, flag) if {
	program in {"node", "perl", "ruby", "deno", "bun"}
	flag in {"-e", "--eval", "-p", "eval"}
}

_takes_code(program, flag) if {
	program == "php"
	flag == "-r"
}

_takes_code(program, flag) if {
	program in {"pwsh", "powershell"}
	lower(flag) in {"-c", "-command"}
}

_read(command, word) := {name |
	some name in word.reads
	some step in input.index.steps_by_at[command.step]
	name in step.untrusted_env
}

_reads_input(command, shell) if {
	some other in input.index.commands_by_pipeline_start[command.pipeline_start]
	other.program == shell
	count(other.args) == 0
}
