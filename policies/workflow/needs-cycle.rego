# METADATA
# title: Jobs that wait for each other
# description: |
#   GitHub refuses a workflow whose jobs wait for each other.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Break the circle: one of the jobs must not need the next."
#   aliases:
#     - actionlint:job-needs/cycle
#     - actionlint-fork:job-needs/cycle
#     - github:parser/job-depends-on-job-which-creates-a-cycle
package rules.workflow["needs-cycle"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/needs-cycle"
}
