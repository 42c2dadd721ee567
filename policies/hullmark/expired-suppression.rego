# METADATA
# title: Expired suppression
# description: |
#   `until=` names the last day on which the comment counts. After it the findings come back, and
#   this one says why.
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "suppression of `{rules}` expired on {until}"
#   remediation: Fix what it hides, or extend the date and say why in the reason.
package rules.hullmark["expired-suppression"]

deny contains {
	"at": suppression.at,
	"field": "until",
	"rules": concat("`, `", suppression.rules),
	"until": suppression.until,
} if {
	some suppression in input.suppressions
	suppression.is_expired
}
