# METADATA
# title: Insecure workflow commands enabled
# description: |
#   With `ACTIONS_ALLOW_UNSECURE_COMMANDS` any line that a program prints can set variables and the `PATH` of later steps, including a line that contains
#   untrusted text.
# related_resources:
#   - https://github.blog/changelog/2020-10-01-github-actions-deprecating-set-env-and-add-path-commands/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`ACTIONS_ALLOW_UNSECURE_COMMANDS` lets any output set environment variables"
#   remediation: Remove it, and write to the file named by `$GITHUB_ENV` or `$GITHUB_PATH`.
#   aliases:
#     - zizmor:insecure-commands
#     - checkov:CKV_GHA_1
#     - kics:60fd272d-15f4-4d8f-afe4-77d9c6cc0453
#     - kics:unsecured_commands
#     - semgrep:allowed-unsecure-commands
package rules.workflow["insecure-commands"]

deny contains {"at": variable.at, "field": variable.field} if {
	some variable in input.variables
	upper(variable.name) == "ACTIONS_ALLOW_UNSECURE_COMMANDS"
	not _is_off(variable)
}

_is_off(variable) if lower(variable.value) in {"false", "0", "", "no"}
