# METADATA
# title: File on which hullmark failed
# description: |
#   A fault in hullmark itself kept it from judging this file. All other files were judged.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Report the file, or the smallest part of it that still does this.
package rules.hullmark["internal-error"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "hullmark/internal-error"
}
