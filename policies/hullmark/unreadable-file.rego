# METADATA
# title: File or folder that cannot be read
# description: |
#   It could not be opened, is larger than 10 MiB, or is no text in UTF-8 or UTF-16. A file with single bytes
#   that are not UTF-8 is judged all the same; one that cannot be read at all is not, and neither is what lies in a folder that cannot be opened.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Save it as UTF-8, allow hullmark to read it, or leave it out with `exclude`.
package rules.hullmark["unreadable-file"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "hullmark/unreadable-file"
}
