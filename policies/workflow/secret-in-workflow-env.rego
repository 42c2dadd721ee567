# METADATA
# title: Secret exposed to every job
# description: |
#   A secret in `env` of the workflow is in the environment of every step of every job, including those that run third-party code. Variables whose names
#   say that they hold a user name, an id or a switch are not reported.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{name}` exposes a secret to every step of the workflow"
#   remediation: Set it in `env` of the step that needs it.
#   once: true
#   aliases: [ghalint:workflow_secrets]
package rules.workflow["secret-in-workflow-env"]

import data.lib.secrets

deny contains {"at": expression.at, "name": trim_prefix(expression.key, "env.")} if {
	some expression in input.expressions
	not expression.job
	expression.place == "env"
	count(expression.sensitive) > 0
	not secrets.is_public(upper(expression.key))
	not _is_weak_token(expression)
	_has_many_steps(expression.workflow)
}

# The job's own token is no more than what every action of the job can read by itself, and here it may only read.
_is_weak_token(expression) if {
	every name in expression.sensitive {
		name in {"secrets.github_token", "github.token", "secrets.GITHUB_TOKEN"}
	}
	every job in input.index.jobs_by_workflow[expression.workflow] {
		job.token_permissions
		every level in job.token_permissions {
			level in {"read", "none"}
		}
	}
}

# A workflow that is called does not get it, and where there is one step, that is the one that needs it.
_has_many_steps(workflow) if {
	steps := [step |
		some job in input.index.jobs_by_workflow[workflow]
		some step in job.steps
	]
	count(steps) > 1
}
