# METADATA
# title: Badge that GitHub does not have
# description: |
#   The marketplace shows an action with a badge of one of nine colours.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Take a colour of the list.
#   aliases:
#     - actionlint:action/meta-branding-color
#     - actionlint-fork:action/meta-branding-color
#     - github:languageservice/unexpected-value
package rules.workflow["invalid-branding"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "workflow/invalid-branding"
}
