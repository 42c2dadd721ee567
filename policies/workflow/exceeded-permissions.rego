# METADATA
# title: Called workflow asks for more than its caller has
# description: |
#   A called workflow gets at most the permissions of the job that calls it. If one of its jobs asks for more, GitHub refuses the run: "The nested job is
#   requesting …, but is only allowed …". Known are workflows of this repository.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{uses}` requests `{scope}: {level}`, and this job grants {has}, so GitHub refuses to start the run"
#   remediation: "Add `{scope}: {level}` to the `permissions` of the job, or remove it from the called workflow."
#   aliases:
#     - github:parser/error-calling-workflow
package rules.workflow["exceeded-permissions"]

deny contains {"at": job.at, "field": "uses", "uses": job.uses, "scope": scope, "level": level, "has": _has(job, scope)} if {
	some job in input.jobs
	job.called_permissions
	job.token_permissions
	some scope, level in job.called_permissions
	_rank(level) > _rank(_granted(job, scope))
}

_granted(job, scope) := job.token_permissions[scope] if {
	job.token_permissions[scope]
} else := job.token_permissions["*"] if {
	job.token_permissions["*"]
} else := "none"

_has(job, scope) := sprintf("`%s: %s`", [scope, _granted(job, scope)])

_rank("none") := 0

_rank("read") := 1

_rank("write") := 2
