# METADATA
# title: Empty continuation line
# description: |
#   A blank line behind a `\` ends the instruction to every reader but BuildKit, which still goes on and will refuse it in a
#   release to come.
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
