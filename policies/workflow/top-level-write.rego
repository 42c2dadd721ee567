# METADATA
# title: Write permission for all jobs
# description: |
#   The workflow has one job, so what it grants is granted to that job. A job that is added later gets the same permissions unnoticed.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{scope}: write` is granted to the workflow instead of a job"
#   remediation: "Move the permission to the job, and set `permissions: {}` for the workflow."
#   aliases:
#     - zizmor:excessive-permissions
#     - when: {scope: [actions, checks, contents, deployments, packages, security-events, statuses]}
#       ids: [scorecard:Token-Permissions, scorecard:topLevelPermissions]
#   default: off
#   profiles: [pedantic]
package rules.workflow["top-level-write"]

import data.lib.permissions

deny contains {"at": permission.at, "field": permission.field, "scope": permission.scope} if {
	some permission in input.permissions
	permission.subject == "workflow"
	not permission.is_all
	permission.level == "write"
	some workflow in input.index.workflows_by_at[permission.workflow]
	workflow.trigger_names != ["workflow_call"]
	count(input.index.jobs_by_workflow[permission.workflow]) == 1
	permissions.is_taken(permission)
}
