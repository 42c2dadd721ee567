# METADATA
# title: Secret that cannot exist
# description: |
#   Names of secrets that begin with `GITHUB_` are reserved, on Gitea and Forgejo those with `GITEA_` too: nobody can create one any more, and the only one
#   that is always there is `secrets.GITHUB_TOKEN`. A secret with the name of something in the context `github` was never there, so the expression is empty;
#   any other may be older than the rule.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/write-workflows/choose-what-workflows-do/use-secrets
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   across_files: true
#   message: "{problem}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     If the `github` context has the value, write that: `github.actor` for `secrets.GITHUB_ACTOR`. Otherwise store it as a secret whose name does not
#     begin with `GITHUB_`, and read that.
package rules.workflow["reserved-secret"]

deny contains {"at": expression.at, "problem": _problem(secret), "advice": _advice(expression, secret), "severity": _severity(secret)} if {
	some expression in input.expressions
	some secret in expression.secrets
	some prefix in ["GITHUB_", "GITEA_"]
	startswith(upper(secret), prefix)
	not upper(secret) in {"GITHUB_TOKEN", "GITEA_TOKEN"}
	_is_reserved(expression, prefix)
	not _is_handed_over(expression)
}

_is_reserved(_, prefix) if prefix == "GITHUB_"

_is_reserved(expression, prefix) if {
	prefix == "GITEA_"
	some workflow in input.index.workflows_by_at[expression.workflow]
	workflow.is_dialect
}

# A caller hands over to a workflow of its own what it names as it likes; that name is not looked up among the repository's.
_is_handed_over(expression) if {
	some workflow in input.index.workflows_by_at[expression.workflow]
	"workflow_call" in workflow.trigger_names
}

_problem(secret) := sprintf("`secrets.%s` is always empty: names that begin with `GITHUB_` are reserved", [secret]) if _context[upper(secret)]

_problem(secret) := sprintf("no secret with the prefix `%s_` can be created any more, so `secrets.%s` is empty unless it is older", [split(upper(secret), "_")[0], secret]) if not _context[upper(secret)]

_severity(secret) := "warning" if _context[upper(secret)]

_severity(secret) := "info" if not _context[upper(secret)]

# A variable that has the name of one of the runner cannot be given another value.
_advice(expression, secret) := sprintf("Remove the line: the runner sets `%s`", [secret]) if {
	expression.key == concat(".", ["env", secret])
	_context[upper(secret)]
} else := sprintf("Write `%s`", [_context[upper(secret)]]) if {
	_context[upper(secret)]
} else := "Store the value under another name, and write that"

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
