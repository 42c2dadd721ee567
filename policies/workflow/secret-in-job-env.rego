# METADATA
# title: Secret exposed to every step of a job
# description: |
#   A secret in `env` of a job is in the environment of each of its steps, including those that run third-party code.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{name}` exposes a secret to every step of the job"
#   remediation: Set it in `env` of the step that needs it.
#   aliases: [ghalint:job_secrets]
#   default: off
#   profiles: [pedantic]
package rules.workflow["secret-in-job-env"]

deny contains {"at": expression.at, "name": trim_prefix(expression.key, "env.")} if {
	some expression in input.expressions
	expression.place == "env"
	expression.job
	not expression.step
	_holds_secret(expression)
	some job in input.index.jobs_by_at[expression.job]
	count(job.steps) > 1
}

_holds_secret(expression) if count(expression.sensitive) > 0

_holds_secret(expression) if "github.token" in expression.contexts
