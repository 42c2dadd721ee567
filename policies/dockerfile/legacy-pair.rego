# METADATA
# title: ENV or LABEL without an equals sign
# description: |
#   `ENV name value` is the old form: one pair a line, and a space too many is part of the value.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`{keyword} {name} …` is the old form"
#   remediation: "Write `{keyword} {name}=…`."
#   aliases:
#     - buildkit:LegacyKeyValueFormat
#     - dockerfile-utils:SYNTAX_MISSING_EQUALS
#     - dockerfilelint:invalid_format
package rules.dockerfile["legacy-pair"]

deny contains {"at": instruction.at, "field": "pairs.0", "keyword": instruction.keyword, "name": pair.name} if {
	some instruction in input.instructions
	instruction.keyword in {"ENV", "LABEL"}
	some pair in instruction.pairs
	pair.is_legacy
}
