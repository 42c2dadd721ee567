# METADATA
# title: Missing permissions
# description: |
#   Where neither the workflow nor the job sets the permissions of its token, it has the default of the repository or the organisation, which in older
#   ones is write access to nearly everything. Whoever takes over a step of the job has that token.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{holder} the permissions of `GITHUB_TOKEN`"
#   remediation: "{advice}."
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

# Once for a workflow without any.
deny contains {"at": workflow.at, "field": "permissions", "holder": _holder(workflow), "advice": _advice(job)} if {
	some workflow in input.workflows
	not workflow.has_permissions
	not _is_only_called(workflow)
	jobs := input.index.jobs_by_workflow[workflow.at]
	not _has_any(jobs)
	job := jobs[0]
}

deny contains {"at": job.at, "field": "permissions", "holder": sprintf("job `%s` does not limit", [job.id]), "advice": _advice(job)} if {
	some workflow in input.workflows
	not workflow.has_permissions
	not _is_only_called(workflow)
	jobs := input.index.jobs_by_workflow[workflow.at]
	_has_any(jobs)
	some job in jobs
	not job.has_permissions
}

_has_any(jobs) if {
	some job in jobs
	job.has_permissions
}

_holder(workflow) := sprintf("job `%s` does not limit", [jobs[0].id]) if {
	jobs := input.index.jobs_by_workflow[workflow.at]
	count(jobs) == 1
} else := "neither the workflow nor any of its jobs limits"

_advice(job) := "Add `permissions` with what the called workflow needs" if {
	job.is_reusable_call
} else := "Add `permissions` to the workflow or the job; `contents: read` is enough for a checkout"

# A workflow that is only called has at most the permissions of its caller.
_is_only_called(workflow) if workflow.trigger_names == ["workflow_call"]
