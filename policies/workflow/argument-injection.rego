# METADATA
# title: Untrusted value as an argument that can be an option
# description: |
#   Quotes keep a shell from interpreting a value, but not the program that it is handed to: a value that begins with `-` is an option, and options of `git`,
#   `tar`, `curl`, `sed` and others write files or run commands. Off by default.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-new-patterns-and-mitigations/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "attacker-controlled `${name}` may be read as an option or a program by `{program}`"
#   remediation: "Put `--` before it, or check that it has the form that you expect."
#   aliases:
#     - codeql:ArgumentInjectionCritical
#     - codeql:ArgumentInjectionMedium
#   default: off
package rules.workflow["argument-injection"]

deny contains {"at": command.at, "name": name, "program": command.program} if {
	some command in input.commands
	command.source == "step"
	command.program in {"git", "tar", "curl", "wget", "sed", "awk", "zip", "rsync", "find", "jq", "ssh", "scp", "sort"}
	not _ends_options(command)
	some step in input.index.steps_by_at[command.step]
	some word in command.words
	some name in word.reads
	name in step.untrusted_env
	_is_exposed(command, word, name)
}

_ends_options(command) if {
	some word in command.words
	word.text == "--"
}

# The value is the beginning of the word, or part of a program of these.
_is_exposed(_, word, name) if {
	some start in ["$", "\"$", "${", "\"${"]
	startswith(word.text, concat("", [start, name]))
}

_is_exposed(command, _, _) if command.program in {"sed", "awk", "jq"}
