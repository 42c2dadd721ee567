# METADATA
# title: Unknown rule in suppression
# description: |
#   No rule, domain or id of another linter has this name, so the comment suppresses nothing. `hullmark rules` lists the rules, and `hullmark explain
#   DL3007` finds the rule for another linter's id.
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
