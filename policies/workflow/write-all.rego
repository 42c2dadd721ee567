# METADATA
# title: Write access to everything
# description: |
#   `write-all` lets every step of the job push code, publish packages, merge pull requests and start workflows. No job needs all of it, and a compromised
#   action has all of it. Where outsiders start the workflow with the token of the repository, that is an error.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`permissions: write-all` grants every permission to `GITHUB_TOKEN`"
#   remediation: "List the scopes that the job writes to, each with `write`."
#   aliases:
#     - zizmor:excessive-permissions
#     - ghalint:deny_write_all_permission
#     - kics:a7b8c9d0-e1f2-4a3b-9c5d-6e7f8a9b0c1d
#     - kics:workflow_write_all_permissions
#     - checkov:CKV2_GHA_1
#     - scorecard:Token-Permissions
#   across_files: true
package rules.workflow["write-all"]

import data.lib.permissions

deny contains {"at": permission.at, "field": permission.field, "severity": _severity(permission)} if {
	some permission in input.permissions
	permission.is_all
	permission.scope == "write-all"
	permissions.is_taken(permission)
}

# A pull request of a fork has a token that only reads.
_severity(permission) := "error" if _is_for_outsiders(permission)

_severity(permission) := "warning" if not _is_for_outsiders(permission)

_is_for_outsiders(permission) if {
	some workflow in input.index.workflows_by_at[permission.workflow]
	some name in workflow.trigger_names
	name in {"pull_request_target", "issue_comment", "issues", "workflow_run", "discussion", "discussion_comment"}
}
