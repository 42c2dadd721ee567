# METADATA
# title: Name that no stage may have
# description: |
#   A stage's name begins with a letter and holds letters, digits, dots, dashes and underscores; variables are not filled in.
#   The builder stops at any other.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#from
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Give the stage a name of letters, digits, dots, dashes and underscores."
#   aliases:
#     - dockerfile-utils:INVALID_BUILD_STAGE_NAME
package rules.dockerfile["invalid-stage-name"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/invalid-stage-name"
}
