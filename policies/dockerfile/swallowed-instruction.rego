# METADATA
# title: Instruction swallowed by a continued line
# description: |
#   A backslash at the end of a line joins it with the next one. If that begins with another instruction, the builder does not see it: its keyword and its arguments
#   become arguments of the instruction above. A `USER` that is lost like this leaves the image running as root.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#escape
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{keyword}` on the next line becomes part of this `{outer}`"
#   remediation: Remove the continuation mark at the end of this line.
package rules.dockerfile["swallowed-instruction"]

deny contains {"at": instruction.swallowed.at, "keyword": instruction.swallowed.text, "outer": instruction.keyword} if {
	some instruction in input.instructions
	instruction.swallowed
}
