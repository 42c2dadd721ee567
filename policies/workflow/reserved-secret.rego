# METADATA
# title: Secret that cannot exist
# description: |
#   Names of secrets that begin with `GITHUB_` are reserved: nobody can create one, and the only one that is there is `secrets.GITHUB_TOKEN`. The
#   expression is empty in every run.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`secrets.{secret}` is always empty: names that begin with `GITHUB_` are reserved"
#   remediation: "{advice}."
#   once: true
package rules.workflow["reserved-secret"]

deny contains {"at": expression.at, "about": secret, "secret": secret, "advice": _advice(secret)} if {
	some expression in input.expressions
	some secret in expression.secrets
	startswith(upper(secret), "GITHUB_")
	upper(secret) != "GITHUB_TOKEN"
	not _is_handed_over(expression)
}

# A caller hands over to a workflow of its own what it names as it likes; that name is not looked up among the repository's.
_is_handed_over(expression) if {
	some workflow in input.index.workflows_by_at[expression.workflow]
	"workflow_call" in workflow.trigger_names
}

_advice(secret) := sprintf("Write `%s`", [_context[upper(secret)]]) if _context[upper(secret)]

_advice(secret) := "Store the value under another name, and write that" if not _context[upper(secret)]

# What the context `github` has.
_context := {
	"GITHUB_ACTOR": "github.actor",
	"GITHUB_REPOSITORY": "github.repository",
	"GITHUB_REPOSITORY_OWNER": "github.repository_owner",
	"GITHUB_REF": "github.ref",
	"GITHUB_REF_NAME": "github.ref_name",
	"GITHUB_SHA": "github.sha",
	"GITHUB_RUN_ID": "github.run_id",
	"GITHUB_RUN_NUMBER": "github.run_number",
	"GITHUB_WORKSPACE": "github.workspace",
	"GITHUB_EVENT_NAME": "github.event_name",
	"GITHUB_API_URL": "github.api_url",
	"GITHUB_SERVER_URL": "github.server_url",
}
