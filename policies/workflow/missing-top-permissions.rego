# METADATA
# title: Missing workflow permissions
# description: |
#   The jobs set the permissions of their tokens, the workflow does not: a job that is added later has the default of the repository, which may be write
#   access to nearly everything.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: the workflow does not set default permissions for its jobs
#   remediation: "Add `permissions: {}` to the workflow."
#   aliases:
#     - zizmor:excessive-permissions
#     - scorecard:Token-Permissions
#     - scorecard:topLevelPermissions
#     - checkov:CKV2_GHA_1
#   default: off
#   profiles: [pedantic]
package rules.workflow["missing-top-permissions"]

deny contains {"at": workflow.at, "field": "permissions"} if {
	some workflow in input.workflows
	workflow.kind == "workflow"
	not workflow.has_permissions
}
