# What is at stake in a job.
package lib.jobs

# Whether the job of a command has no secret, no token that writes and no environment: what goes wrong in it ends with it. Who runs the steps of an action is
# not known.
is_harmless(command) if {
	_is_harmless(command)
} else := false

_is_harmless(command) if {
	command.source == "step"
	some job in input.index.jobs_by_at[command.job]
	not has_stake(job)
}

# Whether something other than the run is lost with a job.
has_stake(job) if _has_stake(job)

_has_stake(job) if job.has_environment

_has_stake(job) if {
	some level in job.token_permissions
	level == "write"
}

_has_stake(job) if {
	some expression in input.index.expressions_by_job[job.at]
	expression.reads_all_secrets
}

_has_stake(job) if {
	some expression in input.index.expressions_by_job[job.at]
	some secret in expression.secrets
	upper(secret) != "GITHUB_TOKEN"
}

_has_stake(job) if {
	some workflow in input.index.workflows_by_at[job.workflow]
	some value in workflow.env
	contains(lower(value), "secrets.")
	not contains(lower(value), "secrets.github_token")
}
