# METADATA
# title: Empty continuation line
# description: |
#   An empty line after a `\` ends the instruction for every parser but BuildKit, which warns about it and will reject it in a future release.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/no-empty-continuation/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Delete the empty line, or make it a comment (`#`). If the instruction ends there, remove the continuation mark (`\`) at the end of its last line.
#   across_files: true
#   aliases:
#     - buildkit:NoEmptyContinuation
#     - dockerfile-utils:EMPTY_CONTINUATION_LINE
package rules.dockerfile["empty-continuation"]

deny contains {"at": instruction.blank_line, "problem": sprintf("empty line within the continued lines of `%s`", [instruction.keyword]), "advice": "Delete the empty line, or make it a comment."} if {
	some instruction in input.instructions
	instruction.blank_line
	not instruction.blank_is_last

	# That an instruction is lost there says more.
	not instruction.swallowed
}

deny contains {"at": instruction.blank_line, "problem": sprintf("nothing follows the line of `%s` that ends in a continuation mark", [instruction.keyword]), "advice": "Remove the mark at the end of the last line."} if {
	some instruction in input.instructions
	instruction.blank_is_last
}
