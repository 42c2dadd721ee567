# METADATA
# title: Character that nobody sees
# description: |
#   Some characters of Unicode change the direction of what follows, or have no width: a reader sees another text than the machine. With them code can be
#   smuggled past a review.
# related_resources:
#   - https://trojansource.codes
#   - https://www.unicode.org/reports/tr9/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: "Take it away, or write it as an escape where it is meant."
package rules.project["hidden-characters"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "project/hidden-characters"
}
