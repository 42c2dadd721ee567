# METADATA
# title: Health check that cannot be run
# description: |
#   The builder stops at a health check without a command, of a kind that it does not know, or with times that are none: a
#   number without its unit, or less than a millisecond.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#healthcheck
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: "Give `CMD` a command, times a unit, and `--retries` a whole number."
#   aliases:
#     - dockerfilelint:healthcheck_options_missing_args
#     - dockerfile-utils:FLAG_AT_LEAST_ONE
#     - dockerfile-utils:FLAG_INVALID_DURATION
#     - dockerfile-utils:FLAG_LESS_THAN_1MS
#     - dockerfile-utils:FLAG_MISSING_DURATION
#     - dockerfile-utils:FLAG_UNKNOWN_UNIT
#     - dockerfile-utils:HEALTHCHECK_CMD_ARGUMENT_MISSING
#     - dockerfile-utils:UNKNOWN_TYPE
#     - dockerfile-utils:ARGUMENT_UNNECESSARY
package rules.dockerfile["invalid-healthcheck"]

deny contains {"at": problem.at, "problem": problem.problem} if {
	some problem in input.problems
	problem.rule == "dockerfile/invalid-healthcheck"
}
