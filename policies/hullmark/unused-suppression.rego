# METADATA
# title: Unused suppression
# description: |
#   The comment names a rule that reports nothing where the comment applies: the fault was fixed, has moved, or never was there. If the comment stays, it
#   will hide the next one. Rules that do not run are not considered, and neither are the comments of other linters.
# custom:
#   severity: warning
#   confidence: high
#   category: maintainability
#   message: "suppression of `{name}` matches no finding here"
#   remediation: Remove it, or move it directly above the key, step or instruction that it is for.
package rules.hullmark["unused-suppression"]

deny contains {"at": suppression.at, "field": unused.field, "name": unused.name} if {
	some suppression in input.suppressions
	some unused in suppression.unused
}
