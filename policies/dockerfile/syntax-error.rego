# METADATA
# title: Instruction that cannot be built
# description: |
#   The builder stops at this line: an unknown instruction or flag, a missing argument, a here-document that is not closed.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Write the instruction as the Dockerfile reference says.
#   aliases: [hadolint:DL1000]
package rules.dockerfile["syntax-error"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/syntax-error"
}
