# METADATA
# title: Runner that does not exist
# description: |
#   The label looks like one of GitHub's hosted runners and is none: the job waits for a runner until it
#   is cancelled.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Take a label from the list of hosted runners.
#   aliases: [actionlint:runner-label/unknown-label, actionlint-fork:runner-label/unknown-label]
package rules.workflow["unknown-runner"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/unknown-runner"
}
