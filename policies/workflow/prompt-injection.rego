# METADATA
# title: Untrusted text in the prompt of an agent
# description: |
#   Whatever is in the prompt may instruct the agent. Text that anyone can write, such as the title or the body of an issue, can make it use its tools: the
#   token of the job, the secrets in its environment, the commands it may run. Give the agent a token that only reads, few tools, and no secrets.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "attacker-controlled `{context}` becomes part of the prompt of `{action}`"
#   remediation: "Run the agent only for people with write access, with `permissions` that only read and without secrets; let it fetch the text itself as data."
#   aliases:
#     - codeql:PromptInjectionCritical
#     - codeql:PromptInjectionMedium
package rules.workflow["prompt-injection"]

deny contains {"at": expression.at, "about": step.at, "context": context, "action": step.action.name} if {
	some expression in input.expressions
	expression.place == "with"
	some context in expression.untrusted
	_is_prompt(expression.key)
	some step in input.index.steps_by_at[expression.step]
	step.action.slug in {
		"anthropics/claude-code-action", "anthropics/claude-code-base-action", "google-github-actions/run-gemini-cli", "google-gemini/gemini-cli-action",
		"openai/codex-action", "actions/ai-inference",
	}
	not step.is_guarded
	some event in step.events
	event in {"issues", "issue_comment", "pull_request_target", "discussion", "discussion_comment", "workflow_run", "pull_request_review", "pull_request_review_comment"}
}

_is_prompt(key) if key in {"with.prompt", "with.direct_prompt", "with.override_prompt", "with.custom_instructions", "with.system-prompt", "with.append_system_prompt"}
