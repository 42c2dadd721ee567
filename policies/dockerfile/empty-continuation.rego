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
#   message: "empty line within the continued lines of `{keyword}`"
#   remediation: Delete the empty line, or make it a comment.
#   aliases:
#     - buildkit:NoEmptyContinuation
#     - dockerfile-utils:EMPTY_CONTINUATION_LINE
package rules.dockerfile["empty-continuation"]

deny contains {"at": instruction.blank_line, "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.blank_line
}
