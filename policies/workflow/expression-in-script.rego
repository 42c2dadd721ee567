# METADATA
# title: Variable value expanded into a script
# description: |
#   An input, a ref or another value that somebody chooses is expanded before the script runs, so it becomes part of the program. Those who can set it
#   have some permissions here already, but rarely that of running code with this token.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{context}` is expanded into the script{risk}"
#   remediation: "{set}{place}{read}."
#   how_to_fix: >-
#     Set a variable in `env` of the step to the expression, and read that: `$NAME` in double quotes in bash, `$env:NAME` in PowerShell,
#     `process.env.NAME` in `actions/github-script`. For `github.ref_name` and the like, read `$GITHUB_REF_NAME`, which the runner sets.
#   once: true
#   implied_by: [workflow/late-mask]
#   aliases: [zizmor:template-injection]
package rules.workflow["expression-in-script"]

import data.lib.injections

# Once for each expression, and for each script and name, at the first place; one finding a step.
deny contains {"at": expression.at, "about": expression.step, "context": injections.spelled(expression, context), "set": injections.setting(expression, context), "place": injections.place(expression, context), "read": injections.reading(expression, context), "risk": _risk(expression)} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	count(expression.untrusted) == 0
	not _is_script(expression)
	chosen := [context |
		some context in expression.open
		_is_chosen(context)
		not context in expression.repeated
		not context in expression.computed
	]
	context := chosen[0]
}

_risk(expression) := ": a quote in it ends the text that it is in" if {
	expression.place == "script"
} else := ": a line that ends the here-document makes code of what follows" if {
	injections.risk(expression) == ""
} else := sprintf(": %s", [injections.risk(expression)])

# The value is the whole script, which no variable can hold.
_is_script(expression) if {
	expression.place == "run"
	expression.is_whole
}

_is_chosen(context) if context in {"github.ref", "github.ref_name"}

_is_chosen(context) if startswith(context, "inputs.")

# The base of a pull request is a branch that people with rights have made.
_is_chosen(context) if {
	startswith(context, "github.event.")
	context != "github.event.pull_request.base.ref"
	not _is_made_by_github(context)
}

# A time, an address or a number that GitHub writes.
_is_made_by_github(context) if {
	some end in ["_at", "_url", ".url", ".id", "_id", ".number", "_number", ".sha", "_sha", "_count", ".conclusion", ".status", ".run_attempt", ".timestamp"]
	endswith(context, end)
}

_is_chosen(context) if startswith(context, "matrix.")
