# METADATA
# title: Inconsistent keyword case
# description: |
#   Keywords are read in either case, but a file that mixes them is harder to read.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`{keyword}` is written in a different case than the other keywords"
#   remediation: "Write `{upper}`."
#   aliases:
#     - dockerfilelint:uppercase_commands
#     - dockerfile-utils:CASING_INSTRUCTION
#     - buildkit:ConsistentInstructionCasing
package rules.dockerfile["mixed-keyword-case"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "upper": instruction.keyword} if {
	some instruction in input.instructions
	instruction.case == "mixed"
	not instruction.is_onbuild
}

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "upper": instruction.keyword} if {
	some instruction in input.instructions
	instruction.case == "lower"
	not instruction.is_onbuild
	instruction.document in _shouting
}

# The documents with a keyword in capitals, found once: a look at every other instruction for each is quadratic.
_shouting contains instruction.document if {
	some instruction in input.instructions
	instruction.case == "upper"
	not instruction.is_onbuild
}
