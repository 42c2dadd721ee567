# METADATA
# title: Comment describes another name
# description: |
#   `docker build --call=outline` shows the comment above an `ARG` or a named stage as its description if the comment begins with that name;
#   any other is left out.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/invalid-definition-description/
# custom:
#   severity: info
#   confidence: medium
#   category: style
#   message: "the comment above `{name}` does not begin with that name"
#   remediation: Begin the comment with the name, or leave an empty line after the comment.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - buildkit:InvalidDefinitionDescription
package rules.dockerfile["mismatched-description"]

deny contains {"at": instruction.comment.at, "name": name} if {
	some instruction in input.instructions
	instruction.comment
	not instruction.is_onbuild
	names := _names(instruction)
	name := names[0]
	not _is_named(instruction.comment.text, names)
	not _is_directive(instruction.comment.text)
}

_names(instruction) := [pair.name | some pair in instruction.pairs] if {
	instruction.keyword == "ARG"
	count(instruction.pairs) > 0
}

_names(instruction) := [instruction.arguments[2].text] if {
	instruction.keyword == "FROM"
	count(instruction.arguments) == 3
}

_is_named(text, names) if {
	some name in names
	startswith(text, concat("", [name, " "]))
}

_is_directive(text) if {
	some word in ["syntax=", "escape=", "check=", "hadolint", "hullmark"]
	startswith(lower(text), word)
}
