# METADATA
# title: Suppression without a reason
# description: |
#   Without a reason nobody can tell later whether the suppression is still needed.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "this comment suppresses {rules} without a reason"
#   remediation: "Add the reason after `--` or `reason:`."
#   default: off
#   profiles: [pedantic]
package rules.hullmark["unexplained-suppression"]

deny contains {"at": suppression.at, "rules": concat(", ", [sprintf("`%s`", [rule]) | some rule in suppression.rules])} if {
	some suppression in input.suppressions
	suppression.is_ours
	not suppression.reason
	not suppression.fault
}
