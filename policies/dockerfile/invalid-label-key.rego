# METADATA
# title: Invalid label key
# description: |
#   A label key has lower-case letters, digits, `.`, `-` and `_`, begins with a letter and ends with a letter or digit; some prefixes are reserved by
#   Docker.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "label key `{name}` does not follow the naming convention"
#   remediation: Use lower-case words separated by dots, prefixed with your own reversed domain.
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
