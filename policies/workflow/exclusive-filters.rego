# METADATA
# title: Filter beside its opposite
# description: |
#   GitHub refuses an event that both names and ignores branches, tags or paths.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Use one of the two, with `!` before patterns to leave out."
#   aliases: [actionlint:events/exclusive-filters, actionlint-fork:events/exclusive-filters]
package rules.workflow["exclusive-filters"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/exclusive-filters"
}
