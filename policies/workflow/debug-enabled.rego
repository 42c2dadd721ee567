# METADATA
# title: Debug logging switch in env
# description: |
#   GitHub reads `ACTIONS_STEP_DEBUG` and `ACTIONS_RUNNER_DEBUG` from the secrets and variables of the repository. In `env` they change nothing but what
#   a program that asks for them prints, which may be more than masking covers.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/monitor-workflows/enable-debug-logging
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` in `env` does not enable debug logging: GitHub reads a secret or variable of that name"
#   remediation: Remove it, and rerun a job with "Enable debug logging" when its debug log is needed.
#   aliases: [poutine:debug_enabled]
package rules.workflow["debug-enabled"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name} if {
	some variable in input.variables
	variable.name in {"ACTIONS_RUNNER_DEBUG", "ACTIONS_STEP_DEBUG"}
	lower(variable.value) in {"true", "1"}
}
