# METADATA
# title: Flag that an instruction does not take
# description: |
#   The builder stops at a flag that it does not know, that stands twice, that lacks its value, or whose value means nothing to
#   it, such as a mount of no known type.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Write the flag as the Dockerfile reference says."
#   aliases:
#     - dockerfile-utils:UNKNOWN_ADD_FLAG
#     - dockerfile-utils:UNKNOWN_COPY_FLAG
#     - dockerfile-utils:UNKNOWN_FROM_FLAG
#     - dockerfile-utils:UNKNOWN_HEALTHCHECK_FLAG
#     - dockerfile-utils:FLAG_DUPLICATE
#     - dockerfile-utils:FLAG_MISSING_VALUE
#     - dockerfile-utils:FLAG_INVALID_LINK_VALUE
#     - dockerfile-utils:FLAG_EXPECTED_BOOLEAN_VALUE
package rules.dockerfile["invalid-flag"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/invalid-flag"
}
