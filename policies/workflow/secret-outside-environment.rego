# METADATA
# title: Secret outside of an environment
# description: |
#   A secret of the repository or the organization is there for every workflow and branch. In an environment, rules decide which branches and whose
#   approval a job with the secret needs. Off by default: few repositories use environments for all jobs.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/deploy/configure-and-manage-deployments/manage-environments
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "job `{job}` reads the secret `{secret}` without an `environment`"
#   remediation: "Move the secret into an environment, and name it in `environment` of the job."
#   aliases:
#     - zizmor:secrets-outside-env
#   default: off
#   profiles: [pedantic]
package rules.workflow["secret-outside-environment"]

deny contains {"at": expression.at, "about": expression.job, "job": job.id, "secret": secret} if {
	some expression in input.expressions
	some secret in expression.secrets
	not upper(secret) in {"GITHUB_TOKEN", "ACTIONS_STEP_DEBUG", "ACTIONS_RUNNER_DEBUG"}
	some job in input.index.jobs_by_at[expression.job]
	not job.has_environment
	not job.is_reusable_call
}
