# METADATA
# title: Debug logging enabled
# description: |
#   The debug log prints what steps otherwise keep to themselves, and masking covers the exact text of a secret only.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` enables debug logging for every run"
#   remediation: Remove it; a single run can be repeated with debug logging.
#   aliases: [poutine:debug_enabled]
package rules.workflow["debug-enabled"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name} if {
	some variable in input.variables
	variable.name in {"ACTIONS_RUNNER_DEBUG", "ACTIONS_STEP_DEBUG"}
	lower(variable.value) in {"true", "1"}
}
