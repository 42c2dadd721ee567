# METADATA
# title: Missing permissions
# description: |
#   Where neither the workflow nor the job says what its token may do, the token has the default of the
#   repository or the organisation, which in older ones is write access to nearly everything. Whoever
#   takes over a step of the job has that token.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "job `{job}` does not limit the permissions of `GITHUB_TOKEN`"
#   remediation: "Add `permissions` to the job or to the workflow; `contents: read` is enough for a checkout."
#   aliases:
#     - zizmor:excessive-permissions
#     - ghalint:job_permissions
#     - scorecard:Token-Permissions
#     - scorecard:topLevelPermissions
#     - scorecard:hasNoGitHubWorkflowPermissionUnknown
#     - codeql:MissingActionsPermissions
#     - github-hardening:token-least-privilege
#     - checkov:CKV2_GHA_1
#   once: true
package rules.workflow["missing-permissions"]

deny contains {"at": job.at, "field": "permissions", "job": job.id} if {
	some job in input.jobs
	not job.has_permissions
	some workflow in input.index.workflows_by_at[job.workflow]
	not workflow.has_permissions
	not _is_only_called(workflow)
}

# A workflow that is only called has at most the permissions of its caller.
_is_only_called(workflow) if workflow.trigger_names == ["workflow_call"]
