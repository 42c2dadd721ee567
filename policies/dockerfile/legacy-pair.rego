# METADATA
# title: Legacy ENV or LABEL syntax
# description: |
#   `ENV name value` is the legacy syntax: one pair a line, and everything after the name, spaces included, is the value.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "{problem}"
#   remediation: "Write `{keyword} {modern}`."
#   aliases:
#     - buildkit:LegacyKeyValueFormat
#     - dockerfile-utils:SYNTAX_MISSING_EQUALS
#     - dockerfilelint:invalid_format
#   once: true
#   implied_by: [dockerfile/kept-frontend, dockerfile/secret-in-build]
package rules.dockerfile["legacy-pair"]

deny contains {"at": instruction.at, "field": "pairs.0", "about": instruction.document, "keyword": instruction.keyword, "modern": pair.modern, "severity": "info", "problem": sprintf("`%s %s …` without `=` is the legacy syntax", [instruction.keyword, pair.name])} if {
	some instruction in input.instructions
	instruction.keyword in {"ENV", "LABEL"}
	some pair in instruction.pairs
	pair.is_legacy
	not _is_spaced(pair)
	not instruction.swallowed
}

deny contains {"at": instruction.at, "field": "pairs.0", "about": _apart(instruction), "keyword": instruction.keyword, "modern": pair.modern, "severity": "warning", "problem": sprintf("spaces around `=`: the value of `%s` begins with `=`", [pair.name])} if {
	some instruction in input.instructions
	instruction.keyword in {"ENV", "LABEL"}
	some pair in instruction.pairs
	pair.is_legacy
	_is_spaced(pair)
	not instruction.swallowed
}

# Another fault than the plain old form, and counted by itself.
_apart(instruction) := object.get(instruction, "stage", instruction.at)

_is_spaced(pair) if startswith(pair.value, "=")
