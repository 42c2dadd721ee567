# METADATA
# title: Job that is needed twice
# description: |
#   The second mention says nothing; often another job was meant.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Remove it, or name the job that was meant.
#   aliases:
#     - actionlint:job-needs/duplicate-need
#     - actionlint-fork:job-needs/duplicate-need
#     - actionlint:job-needs/duplicate-job
#     - actionlint-fork:job-needs/duplicate-job
package rules.workflow["duplicate-needs"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/duplicate-needs"
}
