# METADATA
# title: Single quotes in a JSON list
# description: |
#   A list in exec form is JSON, which has double quotes only. With single quotes the instruction is in shell form, and the shell looks for a program
#   called `[`.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#exec-form
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{keyword}` is read as shell form: JSON requires double quotes"
#   remediation: Write double quotes.
#   aliases:
#     - dockerfile-utils:JSON_IN_SINGLE_QUOTES
package rules.dockerfile["single-quoted-list"]

deny contains {"at": instruction.at, "field": "arguments.0", "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.keyword in {"CMD", "ENTRYPOINT", "RUN", "SHELL", "VOLUME", "COPY", "ADD"}
	instruction.form == "shell"
	not instruction.list_fault
	startswith(instruction.arguments[0].text, "[")
	_begins(trim_space(instruction.text))
	endswith(trim_space(instruction.text), "]")
}

_begins(text) if startswith(text, "['")

_begins(text) if startswith(text, "[ '")
