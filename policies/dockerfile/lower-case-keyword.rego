# METADATA
# title: Instruction keyword not in upper case
# description: |
#   Keywords are read in any case. In upper case they stand out from their arguments, which is how nearly all Dockerfiles are written.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#format
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`{keyword}` is not in upper case"
#   remediation: Write instruction keywords in upper case.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - dockerfilelint:uppercase_commands
#     - dockerfile-utils:CASING_INSTRUCTION
package rules.dockerfile["lower-case-keyword"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written} if {
	some instruction in input.instructions
	not instruction.is_onbuild
	instruction.written != upper(instruction.written)
}
