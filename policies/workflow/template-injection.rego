# METADATA
# title: Template injection in a script
# description: |
#   `${{ }}` is expanded before the shell reads the script, so a title, a branch name or a commit message becomes part of the program: `$(…)` or a closing
#   quote in it runs. The same holds for code that is passed to `actions/github-script` and similar actions.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "attacker-controlled `{context}` is expanded into the script"
#   remediation: "Pass it through an environment variable: set it in `env` of the step, and use the quoted variable in the script."
#   aliases:
#     - zizmor:template-injection
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

deny contains {"at": expression.at, "context": context, "place": expression.place, "is_part_of_event": _is_part_of_event(context), "is_indirect": false} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	some context in expression.untrusted
}

# By way of an output of a step or a job.
deny contains {"at": expression.at, "context": context, "place": expression.place, "is_part_of_event": true, "is_indirect": true} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	some context in expression.indirect
}

# Whether it lies between the whole event and the texts in it.
_is_part_of_event(context) if {
	startswith(context, "github.event.")
	count(split(context, ".")) == 3
} else if {
	context == "github.event.pull_request.head"
} else := false
