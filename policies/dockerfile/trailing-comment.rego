# METADATA
# title: Comment behind an instruction
# description: |
#   In a Dockerfile a comment needs a line of its own. After an instruction, `#` and what follows are arguments: a folder called `/app # sources`, files
#   to copy, part of a value.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#format
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`#` does not begin a comment here: it becomes an argument of `{keyword}`"
#   remediation: Move the comment to a line of its own.
package rules.dockerfile["trailing-comment"]

deny contains {"at": instruction.at, "field": comments[0].field, "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.keyword in {"WORKDIR", "COPY", "ADD", "VOLUME"}
	instruction.form == "shell"
	_has_sign(instruction)
	comments := [argument |
		some argument in instruction.arguments
		argument.number > 0
		startswith(argument.text, "#")
	]
	count(comments) > 0
}

deny contains {"at": instruction.at, "field": comments[0].field, "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.keyword in {"ENV", "LABEL"}
	instruction.pairs[0].is_legacy
	comments := [argument |
		some argument in instruction.arguments
		argument.number > 1
		argument.text == "#"
	]
	count(comments) > 0
}

_has_sign(instruction) if {
	some argument in instruction.arguments
	startswith(argument.text, "#")
}
