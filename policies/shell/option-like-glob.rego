# METADATA
# title: Glob may match an option
# description: |
#   `rm *` treats a file named `-rf` as an option.
# related_resources:
#   - https://www.shellcheck.net/wiki/SC2035
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   default: off
#   message: "a file name that begins with `-` becomes an option of `{program}`"
#   remediation: Write `./*`, or `--` before the glob.
#   aliases:
#     - hadolint:SC2035
#     - shellcheck:SC2035
package rules.shell["option-like-glob"]

# In a build the files are those that the Dockerfile itself brought; nobody names one `-x.deb`.
deny contains {"at": word.at, "program": command.program} if {
	some command in input.commands
	_has_glob(command)
	not command.instruction
	not command.program in {"echo", "printf", "[[", "[", "test", "find", "case"}
	not "--" in [other.text | some other in command.words]
	some word in command.words
	word.is_glob
	_begins_with_glob(word.text)
}

_has_glob(command) if {
	some word in command.words
	word.is_glob
	_begins_with_glob(word.text)
}

_begins_with_glob(text) if startswith(text, "*")

_begins_with_glob(text) if startswith(text, "?")
