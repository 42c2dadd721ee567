# METADATA
# title: Missing && before a command
# description: |
#   Where `&&` is missing between two lines, the second command becomes arguments of the first: `yum install git yum clean all` installs packages called
#   `yum`, `clean` and `all`, or fails.
# custom:
#   severity: warning
#   confidence: medium
#   category: correctness
#   message: "`{program} {action}` is passed to `{before}` as arguments"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `&&` before the second command. If the same command is there twice, as in `pip install pip install tool`, remove the second one.
#   aliases:
#     - {id: kics:yum_clean_all_missing, when: {is_late_install: true, is_in_final_stage: true}}
package rules.shell["lost-operator"]

import data.lib.stages

deny contains {
	"at": command.words[number].at, "program": command.args[index], "action": command.args[index + 1],
	"before": command.program, "advice": _advice(command, index), "is_late_install": _is_late_install(command, command.args[index + 1]), "is_in_final_stage": stages.is_in_final(command),
} if {
	some command in input.commands
	_names_another(command)
	_takes_no_commands(command)
	first := _first_words(command)
	some index, text in command.args
	_is_call(text, command.args[index + 1])
	number := first[text]
}

_names_another(command) if {
	some text in command.args
	text in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper", "pip", "pip3", "npm", "yarn", "go"}
}

# The number of the first word that is the program's name, for each program that is named.
_first_words(command) := {text: numbers[0] |
	some text in ["apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper", "pip", "pip3", "npm", "yarn", "go"]
	numbers := [number | some number, word in command.words; word.text == text; word.is_literal]
	count(numbers) > 0
}

_takes_no_commands(command) if {
	command.manager
	command.program in {"apt-get", "apt", "apk", "yum", "dnf", "microdnf", "zypper", "pip", "pip3", "npm", "yarn"}
}

_takes_no_commands(command) if command.program in {"rm", "mkdir", "cd", "chmod", "chown", "cp", "mv"}

_is_call(program, verb) if {
	program != "go"
	verb in _verbs
}

_is_call("go", verb) if verb in {"mod", "build", "get", "install", "generate", "vet", "test"}

_verbs := {"install", "update", "upgrade", "clean", "add", "remove", "purge", "erase", "autoremove", "cache"}

_is_late_install(command, verb) if {
	command.instruction
	command.manager == "yum"
	command.action == "clean"
	verb == "install"
} else := false

# The same command twice, and the first one without anything to install: `pip install --no-cache-dir pip install tool`.
_advice(command, index) := sprintf("Remove the second `%s %s`.", [command.program, command.args[index + 1]]) if _is_again(command, index)

_advice(command, index) := "Write `&&` before it." if not _is_again(command, index)

_is_again(command, index) if {
	index == 1
	command.args[index] == command.program
	command.args[index + 1] == command.args[0]
}
