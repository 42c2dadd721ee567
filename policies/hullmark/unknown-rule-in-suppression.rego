# METADATA
# title: Unknown rule in suppression
# description: |
#   No rule, no domain and no peer's id is written like that, so the comment sets nothing aside.
#   `hullmark rules` lists the rules, and `hullmark explain DL3007` finds the one that another linter's id stands for.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "unknown rule `{name}` in suppression"
#   remediation: "Write the rule id as reports show it: `domain/rule`."
package rules.hullmark["unknown-rule-in-suppression"]

deny contains {"at": suppression.at, "field": unknown.field, "name": unknown.name} if {
	some suppression in input.suppressions
	some unknown in suppression.unknown
}
