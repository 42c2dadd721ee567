# METADATA
# title: Inconsistent keyword case
# description: |
#   Keywords are read in either case, but a file that mixes them is harder to read.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "`{keyword}` is written in a different case than the other keywords"
#   remediation: "Write `{better}`."
#   once: true
#   aliases:
#     - dockerfilelint:uppercase_commands
#     - dockerfile-utils:CASING_INSTRUCTION
#     - buildkit:ConsistentInstructionCasing
package rules.dockerfile["mixed-keyword-case"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "better": instruction.keyword} if {
	some instruction in input.instructions
	instruction.case == "mixed"
	instruction.keyword in _keywords
	not instruction.is_onbuild
	not instruction.document in _mostly_lower
}

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "better": instruction.keyword} if {
	some instruction in input.instructions
	instruction.case == "lower"
	instruction.keyword in _keywords
	not instruction.is_onbuild
	instruction.document in _shouting
	not instruction.document in _mostly_lower
}

# Where most are in lower case, those that are not are the odd ones.
deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.written, "better": lower(instruction.keyword)} if {
	some document in input.documents
	document.kind == "dockerfile"
	document.at in _mostly_lower
	some instruction in input.index.instructions_by_document[document.at]
	instruction.case in {"upper", "mixed"}
	instruction.keyword in _keywords
	not instruction.is_onbuild
}

# The documents with a keyword in capitals, found once: a look at every other instruction for each is quadratic.
_shouting contains instruction.document if {
	some instruction in input.instructions
	instruction.case == "upper"
	not instruction.is_onbuild
}

_mostly_lower contains at if {
	some at in _with_lower
	small := count([1 | some instruction in input.index.instructions_by_document[at]; instruction.case == "lower"; not instruction.is_onbuild])
	others := count([1 | some instruction in input.index.instructions_by_document[at]; instruction.case in {"upper", "mixed"}; not instruction.is_onbuild])
	small > others
}

_with_lower contains instruction.document if {
	some instruction in input.instructions
	instruction.case == "lower"
	not instruction.is_onbuild
}

_keywords := {
	"ADD", "ARG", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "FROM", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}
