# METADATA
# title: Comment that sets findings aside without a reason
# description: |
#   Who reads the comment later cannot tell whether it still holds.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "this comment sets {rules} aside without a reason"
#   remediation: "Say why, behind `--` or `reason:`."
#   default: off
#   profiles: [pedantic]
package rules.hullmark["unexplained-suppression"]

deny contains {"at": suppression.at, "rules": concat(", ", [sprintf("`%s`", [rule]) | some rule in suppression.rules])} if {
	some suppression in input.suppressions
	suppression.is_ours
	not suppression.reason
	not suppression.fault
}
