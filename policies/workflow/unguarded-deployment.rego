# METADATA
# title: Deployment without an environment
# description: |
#   An environment decides which branches may deploy, who must approve, and which secrets the job gets; and GitHub shows what is deployed. Off by default: by
#   the name of the job alone.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "job `{job}` appears to deploy, and names no `environment`"
#   remediation: "Add `environment` with the name of what it deploys to."
#   aliases:
#     - github-hardening:environments
#   default: off
package rules.workflow["unguarded-deployment"]

deny contains {"at": job.at, "field": "environment", "job": job.id} if {
	some job in input.jobs
	not job.has_environment
	not job.is_reusable_call
	_deploys(lower(job.id))
}

_deploys(id) if startswith(id, "deploy")

_deploys(id) if endswith(id, "-deploy")

_deploys(id) if endswith(id, "_deploy")
