# METADATA
# title: Suppression past its date
# description: |
#   `until=` names the last day on which the comment counts. After it the findings come back, and
#   this one says why.
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "suppression of `{rules}` has expired: it was until {until}"
#   remediation: Mend what it hid, or give it a new date and a reason to wait.
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
