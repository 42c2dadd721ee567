# METADATA
# title: Malformed suppression comment
# description: |
#   A comment that begins with `# hullmark:` is meant for hullmark, but this one does not have the form that it reads: `# hullmark: ignore[rule, rule]
#   until=2027-01-31 -- reason`, or `ignore-file[…]` for the whole file. In the annotation `hullmark.dev/ignore` of a Kubernetes object the rules
#   come without brackets: `rule, rule -- reason`. The part that could be read applies.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "malformed suppression comment: {fault}"
#   remediation: "Write `# hullmark: ignore[rule] -- reason`."
package rules.hullmark["malformed-suppression"]

deny contains {"at": suppression.at, "field": "fault", "fault": suppression.fault} if {
	some suppression in input.suppressions
	suppression.fault
}
