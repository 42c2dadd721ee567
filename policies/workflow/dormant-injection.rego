# METADATA
# title: Dormant template injection
# description: |
#   The script expands what an attacker writes in an issue, a pull request or a comment. No event in `on` brings such text, so it is empty today; once one
#   is added, the script can be taken over.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{context}` is expanded into the script; no event of this workflow fills it today"
#   remediation: Remove it, or pass it through `env` of the step.
#   aliases:
#     - zizmor:template-injection
#     - actionlint:expression/untrusted-input
#     - actionlint-fork:expression/untrusted-input
#     - poutine:injection
#     - when: {place: run}
#       ids: [scorecard:Dangerous-Workflow, scorecard:hasDangerousWorkflowScriptInjection]
#   default: off
#   profiles: [pedantic]
package rules.workflow["dormant-injection"]

deny contains {"at": expression.at, "context": context, "place": expression.place} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	count(expression.untrusted) == 0
	some context in expression.contexts
	_is_written_by_outsiders(context)
}

_is_written_by_outsiders(context) if context == "github.head_ref"

_is_written_by_outsiders(context) if {
	startswith(context, "github.event.")
	some end in [
		".title", ".body", ".message", ".page_name", ".head_branch", ".display_title", "head.ref", "head.label", "default_branch",
		"author.email", "author.name", "committer.email", "committer.name",
	]
	endswith(context, end)
}
