# METADATA
# title: Shell form of HEALTHCHECK
# description: |
#   Each check starts a shell first, which the image must have.
# custom:
#   severity: info
#   confidence: high
#   category: performance
#   message: the health check runs in a shell
#   remediation: "Write a JSON list: `[\"program\", \"argument\"]`."
#   aliases:
#     - hadolint:DL3025
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["shell-form-healthcheck"]

deny contains {"at": instruction.at, "field": "keyword"} if {
	some instruction in input.instructions
	instruction.keyword == "HEALTHCHECK"
	instruction.has_shell_command
}
