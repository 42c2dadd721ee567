# METADATA
# title: Encoded secret in the log
# description: |
#   GitHub masks a secret in the log only in its original form. Its base64 or any other encoding is another text, which everyone who may read the log can
#   decode.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{program}` turns the secret `{name}` into a form that the log does not mask"
#   remediation: Do not print it, or mask the encoded value with `::add-mask::` first.
package rules.workflow["encoded-secret"]

deny contains {"at": command.at, "program": command.program, "name": name} if {
	some command in input.commands
	command.source == "step"
	command.program in {"base64", "base32", "basenc", "xxd", "od", "hexdump", "rev", "fold", "openssl", "gzip", "tr", "sed"}
	not command.flags["-d"]
	not command.flags["--decode"]
	not command.flags["-D"]
	command.place > 0
	command.is_last
	count(command.redirects) == 0
	_prints(command)
	some source in input.index.commands_by_pipeline_start[command.pipeline_start]
	source.place < command.place
	source.program in {"echo", "printf", "cat", "env", "printenv"}
	some word in source.words
	some name in _read(command, word.text)
}

# At the end of a pipe that stands alone, or in a word of `echo`.
_prints(command) if not command.holding

_prints(command) if {
	command.holding == "command"
	command.holder in {"echo", "printf"}
	some outer in input.index.commands_by_script[command.script]
	outer.program == command.holder
	outer.is_last
	count(outer.redirects) == 0
	some word in outer.words
	contains(word.text, command.program)
	not contains(word.text, "::add-mask::")
}

# The secrets that a word reads: by a variable of the step, of its job or of the workflow, or written into the script.
_read(command, text) := array.concat(
	[name |
		some step in input.index.steps_by_at[command.step]
		some name, value in step.env
		contains(value, "secrets.")
		_expands(text, name)
	],
	[text |
		contains(text, "${{")
		contains(text, "secrets.")
	],
)

_expands(text, name) if contains(text, concat("", ["${", name, "}"]))

_expands(text, name) if text == concat("", ["$", name])

_expands(text, name) if endswith(text, concat("", ["$", name]))

_expands(text, name) if contains(text, concat("", ["$", name, " "]))
