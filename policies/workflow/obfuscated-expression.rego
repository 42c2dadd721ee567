# METADATA
# title: Expression that says more than it needs
# description: |
#   A part of the expression has one value in every run, or the name of a property is computed. It reads as if the run decided something, hides what is
#   read from reviews and tools, and can be written plainly. Off by default.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{text}` {what}"
#   remediation: "{help}."
#   how_to_fix: >-
#     Write the value in place of a part that never changes, the name of the property in place of an index that computes it, and each input of `with` by
#     itself.
#   aliases:
#     - zizmor:obfuscation
#   default: off
#   profiles: [pedantic]
package rules.workflow["obfuscated-expression"]

deny contains {"at": expression.at, "text": expression.text, "what": "has a part with one value in every run", "help": "Write that value"} if {
	some expression in input.expressions
	expression.is_reducible
}

deny contains {"at": expression.at, "text": expression.text, "what": "computes the name of what it reads", "help": "Name what it reads"} if {
	some expression in input.expressions
	expression.has_computed_index
}

deny contains {"at": expression.at, "text": expression.text, "what": "stands for all inputs at once", "help": "Write each input"} if {
	some expression in input.expressions
	expression.key == "with"
	expression.is_whole
}
