# METADATA
# title: Unquoted text in JavaScript
# description: |
#   `${{ }}` is expanded before JavaScript is read, and puts in the bare text: an address, a login or a branch without quotes around it is a syntax
#   error or the name of a variable that does not exist, so the step fails in every run.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "the text of `{context}` is put into the JavaScript without quotes, so it is read as code"
#   remediation: "{set}{place}{read}."
#   how_to_fix: >-
#     Set a variable in `env` of the step to the expression, and read `process.env.NAME` in the script. If the runner sets the value already, read that
#     variable: `process.env.GITHUB_SHA` for `github.sha`.
#   implied_by: [workflow/template-injection]
package rules.workflow["unquoted-javascript-value"]

import data.lib.injections

deny contains {"at": expression.at, "context": injections.spelled(expression, context), "set": injections.setting(expression, context), "place": injections.place(expression, context), "read": injections.reading(expression, context)} if {
	some expression in input.expressions
	expression.place == "script"
	expression.quotes == "none"
	expression.shape == "context"
	some context in expression.contexts
	_is_text(context)
	some step in input.index.steps_by_at[expression.step]
	step.action.slug == "actions/github-script"
}

_is_text(context) if context in {
	"github.actor", "github.base_ref", "github.head_ref", "github.event_name", "github.job", "github.ref", "github.ref_name", "github.ref_type",
	"github.repository", "github.repository_owner", "github.server_url", "github.sha", "github.triggering_actor", "github.workflow", "github.workspace",
}

_is_text(context) if {
	startswith(context, "github.event.")
	some end in [".login", ".html_url", ".full_name", ".sha", ".ref", ".title", ".body", ".url", ".clone_url", ".head_branch", ".tag_name"]
	endswith(context, end)
}
