# METADATA
# title: Template injection in a script
# description: |
#   `${{ }}` is expanded before the shell reads the script, so a title, a branch name or a commit message becomes part of the program: `$(…)` or a closing
#   quote in it runs. The same holds for code that is passed to `actions/github-script` and similar actions, and for inputs of local actions and
#   reusable workflows that a workflow of the repository fills with such text.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{holder}attacker-controlled `{context}`{end} is expanded into the script"
#   remediation: "{set}{where}{read}."
#   how_to_fix: >-
#     Set a variable in `env` of the step to the expression, and read that in the script: `$TITLE` in double quotes in bash, `$env:TITLE` in PowerShell,
#     `process.env.TITLE` in `actions/github-script`.
#   aliases:
#     - zizmor:template-injection
#     - github-hardening:script-injection
#     - codeql:CommandInjectionCritical
#     - codeql:CommandInjectionMedium
#     - unless: is_indirect
#       ids: [actionlint:expression/untrusted-input, actionlint-fork:expression/untrusted-input, poutine:injection]
#     - {id: checkov:CKV_GHA_2, when: {place: run}, unless: is_indirect}
#     - when: {place: run}
#       unless: is_part_of_event
#       ids: [scorecard:Dangerous-Workflow, scorecard:hasDangerousWorkflowScriptInjection]
#     - when: {place: run}
#       ids: [kics:20f14e1a-a899-4e79-9f09-b6a84cd4649b, kics:run_block_injection]
#     - when: {place: script}
#       ids: [kics:62ff6823-927a-427f-acf9-f1ea2932d616, kics:script_block_injection]
#     - codeql:CodeInjectionCritical
#     - codeql:CodeInjectionMedium
#     - {id: semgrep:run-shell-injection, when: {place: run}}
#     - {id: semgrep:github-script-injection, when: {place: script}}
package rules.workflow["template-injection"]

import data.lib.injections

deny contains {
	"at": expression.at, "context": _source(expression, context), "place": expression.place, "is_part_of_event": _is_part_of_event(context), "is_indirect": false,
	"holder": _holder(expression, read), "end": _end(expression, read), "set": injections.setting(expression, read), "where": injections.place(expression, read), "read": injections.reading(expression, read), "severity": _severity(expression, context),
} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	not _is_kept_whole(expression)
	some context in expression.untrusted
	read := _read(expression, context)
}

# JSON has its line ends escaped, so it cannot end a here-document, and in one that expands nothing it is text.
_is_kept_whole(expression) if {
	expression.quotes == "raw-here"
	expression.functions == ["tojson"]
	startswith(lower(expression.text), "tojson(")
}

# By way of an output of a step or a job.
deny contains {
	"at": expression.at, "context": injections.spelled(expression, context), "place": expression.place, "is_part_of_event": true, "is_indirect": true,
	"holder": "", "end": "", "set": injections.setting(expression, context), "where": injections.place(expression, context), "read": injections.reading(expression, context), "severity": _severity(expression, context),
} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	some context in expression.indirect
}

# What the script reads: the context itself, or the variable of `env` that holds it.
_read(expression, context) := context if {
	context in expression.contexts
} else := variables[0] if {
	variables := [variable | some variable in expression.contexts; startswith(variable, "env.")]
	count(variables) > 0
} else := context

# What the attacker writes: for an input of an action or workflow, what its caller fills it with.
_source(expression, context) := expression.filled_with if {
	startswith(context, "inputs.")
	expression.filled_with
} else := injections.spelled(expression, context)

_holder(expression, read) := sprintf("`%s`, which holds ", [injections.spelled(expression, read)]) if {
	startswith(read, "env.")
} else := sprintf("`%s`, which `%s` fills with ", [injections.spelled(expression, read), expression.filled_by]) if {
	startswith(read, "inputs.")
	expression.filled_by
} else := ""

_end(expression, read) := "," if {
	_holder(expression, read) != ""
} else := ""

# A pull request of a fork gets no secrets and a token that only reads; who calls an action or a workflow is not known; and a condition may let in
# people with rights alone.
_severity(expression, context) := "error" if {
	_is_exploitable(expression, context)
	not _is_guarded(expression)
} else := "warning"

_is_exploitable(expression, _) if {
	some event in expression.payload_events
	event in {"pull_request_target", "workflow_run", "issue_comment", "issues", "discussion", "discussion_comment", "fork", "watch", "gollum"}
}

_is_exploitable(expression, context) if _is_of_push(_source(expression, context))

_is_exploitable(expression, context) if {
	_has_unknown_caller(expression)
	not _is_of_pull_request(_source(expression, context))
}

_has_unknown_caller(expression) if "workflow_call" in expression.payload_events

_has_unknown_caller(expression) if count(expression.payload_events) == 0

_is_of_pull_request(context) if context == "github.head_ref"

_is_of_pull_request(context) if startswith(context, "github.event.pull_request.")

_is_of_pull_request(context) if not startswith(context, "github.")

_is_guarded(expression) if {
	some step in input.index.steps_by_at[expression.step]
	step.is_guarded
}

# An environment may ask for a reviewer first.
_is_guarded(expression) if {
	some job in input.index.jobs_by_at[expression.job]
	job.has_environment
}

_is_of_push(context) if {
	some start in ["github.event.head_commit", "github.event.commits", "github.event.merge_group"]
	startswith(context, start)
}

# Whether it lies between the whole event and the texts in it.
_is_part_of_event(context) if {
	startswith(context, "github.event.")
	count(split(context, ".")) == 3
} else if {
	context == "github.event.pull_request.head"
} else := false
