# METADATA
# title: Blank behind a continuation mark
# description: |
#   BuildKit looks past blanks behind the mark that continues a line. A shell that is given the same text does not, and neither do all editors and other
#   readers.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   message: "{problem}"
#   remediation: "Take the blanks away."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["blank-after-continuation"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/blank-after-continuation"
}
