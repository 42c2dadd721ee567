# METADATA
# title: Several sources copied to a file
# description: |
#   With several sources the destination must end with `/`, or the build fails.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "several sources are copied to `{destination}`, which does not end with `/`"
#   remediation: "Write `{destination}/`."
#   aliases:
#     - when: {keyword: COPY}
#       ids: [hadolint:DL3021, trivy:DS-0011, kics:copy_with_more_than_two_arguments_not_ending_with_slash]
#     - dockerfile-utils:INVALID_DESTINATION
#     - {id: dockerfilelint:add_dest_invalid, when: {keyword: ADD}}
package rules.dockerfile["copy-to-unclear-folder"]

import data.lib.copies

deny contains {"at": instruction.at, "field": last.field, "destination": last.text, "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.keyword in {"COPY", "ADD"}
	count(instruction.sources) > 1
	not instruction.has_heredoc
	not copies.is_from_history(instruction)
	last := instruction.arguments[count(instruction.arguments) - 1]
	not _is_folder(instruction.destination)
	not instruction.list_fault
	not instruction.swallowed
	not _has_comment(instruction)
	not _keeps_parents(instruction)
}

# `--parents` makes the folders.
_keeps_parents(instruction) if {
	some flag in instruction.flags
	flag.name == "parents"
}

# A comment at the end of the line is what is wrong then.
_has_comment(instruction) if {
	some argument in instruction.arguments
	startswith(argument.text, "#")
}

_is_folder(destination) if endswith(destination, "/")

_is_folder(destination) if endswith(destination, "\\")

_is_folder(destination) if destination in {".", ".."}

_is_folder(destination) if contains(destination, "$")
