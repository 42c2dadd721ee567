# METADATA
# title: All secrets passed to a called workflow
# description: |
#   `secrets: inherit` passes all secrets of the repository and the organisation to the called workflow, including those it does not need, and those added
#   later. For a workflow of the same owner, who has these secrets anyway, this is advice.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/reuse-automations/reuse-workflows#passing-inputs-and-secrets-to-a-reusable-workflow
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once_a_message: true
#   message: "job `{job}` passes every secret to `{uses}`"
#   remediation: List the secrets that the called workflow needs.
#   aliases:
#     - zizmor:secrets-inherit
#     - ghalint:deny_inherit_secrets
#     - kics:e3f4a5b6-c7d8-4e9f-8a1b-2c3d4e5f6a7b
#     - kics:secrets_inherit_in_reusable_workflow
#     - codeql:SecretsInherit
package rules.workflow["secrets-inherit"]

deny contains {"at": job.at, "field": "secrets", "job": job.id, "uses": job.uses, "severity": _severity(job.action)} if {
	some job in input.jobs
	job.is_reusable_call
	job.inherits_secrets
	not job.action.ref_kind == "local"
	not job.action.is_own
}

_severity(action) := "info" if {
	action.is_of_owner
} else := "warning"
