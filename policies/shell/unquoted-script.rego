# METADATA
# title: Unquoted script of sh -c
# description: |
#   `sh -c` runs its first argument alone; the words behind it become `$0`, `$1` and so on. `sh -c set -eux; make` therefore runs `set` without its
#   options in a shell that ends at once, and everything behind the `;` in the outer shell, which stops at no failure.
# related_resources:
#   - https://pubs.opengroup.org/onlinepubs/9799919799/utilities/sh.html
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{program} -c` runs only `{script}`; `{rest}` is not part of the script"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Put the whole script in quotes: `sh -c '…'`. In a Dockerfile, where `RUN` starts a shell itself, write `RUN set -eux; …` instead of `RUN sh -c set
#     -eux; …`.
package rules.shell["unquoted-script"]

deny contains {"at": command.words[number + 1].at, "program": command.program, "script": script.text, "rest": rest.text, "advice": _advice(command, script)} if {
	some command in input.commands
	command.program in {"sh", "bash", "dash", "ash", "ksh", "zsh"}
	count(command.words) > 2
	some number, word in command.words
	_takes_script(word.text)
	number == _first_flag(command)
	script := command.words[number + 1]
	rest := command.words[number + 2]
	script.quote == "none"
	script.is_literal
	rest.quote == "none"
	_is_program(script.text)
	not command.reads_script
}

_takes_script(text) if text in {"-c", "-ec", "-ce", "-xc", "-exc", "-euc", "-lc", "-euxc", "-uec"}

# The option itself, and not one of the script's own words.
_first_flag(command) := [number | some number, word in command.words; _takes_script(word.text)][0]

# A script with its own arguments is given by its path: `bash -c ./run.sh name`.
_is_program(text) if {
	not contains(text, "/")
	not contains(text, " ")
	not contains(text, "$")
	not startswith(text, "-")
}

_advice(command, script) := "Remove it, and write `RUN set -eux; …`: the instruction starts a shell itself." if {
	command.instruction
	script.text == "set"
} else := sprintf("Put the whole script into quotes: `%s -c '…'`.", [command.program])
