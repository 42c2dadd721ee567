# METADATA
# title: Comment that sets findings aside
# description: |
#   A comment decides for its author alone what a team's linters may say. Where that is not wanted, exceptions
#   belong into the configuration, where a review sees all of them.
#   Comments of other linters count as well.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "a comment sets `{rules}` aside"
#   remediation: "Mend what is found, or make the exception in the configuration."
#   default: off
#   aliases: [hadolint:DL1001]
package rules.hullmark["inline-suppression"]

deny contains {"at": suppression.at, "rules": concat(", ", suppression.rules), "aliases": _aliases(suppression)} if {
	some suppression in input.suppressions
}

_aliases(suppression) := ["hadolint:DL1001"] if _is_of_hadolint(suppression)

_aliases(suppression) := [] if not _is_of_hadolint(suppression)

# hadolint means the comments on an instruction, not those on a stage or the file.
_is_of_hadolint(suppression) if {
	not suppression.is_ours
	suppression.is_near
	some rule in suppression.rules
	startswith(rule, "hadolint:")
}
