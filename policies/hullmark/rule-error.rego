# METADATA
# title: Rule that failed
# description: |
#   The engine stopped a rule on this file: it met a value it cannot work with, took too many steps or too much time.
#   Every other rule was still judged here, and this one everywhere else.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Mend the rule if it is yours; report the file if it is one of hullmark's own.
package rules.hullmark["rule-error"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "hullmark/rule-error"
}
