# METADATA
# title: Label key in a bad form
# description: |
#   A label key has lower-case letters, digits, `.`, `-` and `_`, begins with a letter and ends with a letter or
#   digit; some prefixes are Docker's own.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "label key `{name}` is in a bad form"
#   remediation: "Use lower-case words divided by dots, under a domain of your own."
#   aliases:
#     - hadolint:DL3048
#     - dockerfilelint:label_invalid
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["invalid-label-key"]

deny contains {"at": instruction.at, "field": pair.field, "name": pair.name} if {
	some instruction in input.instructions
	instruction.keyword == "LABEL"
	some pair in instruction.pairs
	pair.is_bad_label_key
}
