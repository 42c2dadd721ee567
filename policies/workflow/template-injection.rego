# METADATA
# title: Text of a stranger put into a script
# description: |
#   `${{ }}` is filled in before the shell reads the script, so a title, a branch name or a commit
#   message becomes part of the program: `$(…)` or a closing quote in it runs. The same holds for the
#   code that `actions/github-script` and its like are given.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/script-injections
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{context}` is text of a stranger and becomes part of the script"
#   remediation: "Put the value into `env` of the step, and write the variable in the script, in quotes."
#   aliases:
#     - zizmor:template-injection
#     - actionlint:expression/untrusted-input
#     - actionlint-fork:expression/untrusted-input
#     - poutine:injection
#     - checkov:CKV_GHA_2
#     - scorecard:Dangerous-Workflow
#     - scorecard:hasDangerousWorkflowScriptInjection
#     - kics:20f14e1a-a899-4e79-9f09-b6a84cd4649b
#     - kics:run_block_injection
#     - kics:62ff6823-927a-427f-acf9-f1ea2932d616
#     - kics:script_block_injection
#     - codeql:CodeInjectionCritical
#     - codeql:CodeInjectionMedium
#     - semgrep:run-shell-injection
#     - semgrep:github-script-injection
package rules.workflow["template-injection"]

deny contains {"at": expression.at, "context": context, "aliases": _aliases(expression), "except": _except(context)} if {
	some expression in input.expressions
	expression.place in {"run", "script"}
	some context in expression.untrusted
}

_aliases(expression) := ["zizmor:template-injection", "actionlint:expression/untrusted-input", "actionlint-fork:expression/untrusted-input", "poutine:injection", "checkov:CKV_GHA_2", "scorecard:Dangerous-Workflow", "scorecard:hasDangerousWorkflowScriptInjection", "kics:20f14e1a-a899-4e79-9f09-b6a84cd4649b", "kics:run_block_injection", "codeql:CodeInjectionCritical", "codeql:CodeInjectionMedium", "semgrep:run-shell-injection"] if {
	expression.place == "run"
}

_aliases(expression) := ["zizmor:template-injection", "actionlint:expression/untrusted-input", "actionlint-fork:expression/untrusted-input", "poutine:injection", "kics:62ff6823-927a-427f-acf9-f1ea2932d616", "kics:script_block_injection", "codeql:CodeInjectionCritical", "codeql:CodeInjectionMedium", "semgrep:github-script-injection"] if {
	expression.place == "script"
}

# scorecard knows the whole event and the texts in it by name, and nothing between.
_except(context) := ["scorecard:Dangerous-Workflow", "scorecard:hasDangerousWorkflowScriptInjection"] if {
	_is_between(context)
} else := []

_is_between(context) if {
	startswith(context, "github.event.")
	count(split(context, ".")) == 3
}

_is_between(context) if context == "github.event.pull_request.head"
