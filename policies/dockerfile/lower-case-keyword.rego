# METADATA
# title: Instruction keyword not in upper case
# description: |
#   Keywords may be written in any case. In upper case they stand out from their arguments, which is how nearly all Dockerfiles are written.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#format
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`{keyword}` is not in upper case"
#   remediation: "Write `{upper}`."
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - dockerfilelint:uppercase_commands
#     - dockerfile-utils:CASING_INSTRUCTION
package rules.dockerfile["lower-case-keyword"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "upper": instruction.keyword} if {
	some instruction in input.instructions
	instruction.case == "lower"
	not instruction.is_onbuild
	not instruction.document in _mixing
}

# Where keywords in capitals stand beside it, that is what is said.
_mixing contains instruction.document if {
	some instruction in input.instructions
	instruction.case == "upper"
	not instruction.is_onbuild
}
