# METADATA
# title: Spoofable bot check
# description: |
#   `github.actor` is who triggered the run last, not who wrote the code: an attacker can make a bot act on their own pull request, and the condition
#   holds.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: this condition trusts the actor of the run, which an attacker can influence
#   remediation: Compare `github.event.pull_request.user.login` instead.
#   aliases: [zizmor:bot-conditions, codeql:SpoofableActorCheck]
package rules.workflow["bot-condition"]

import data.lib.steps

deny contains {"at": expression.at} if {
	some expression in input.expressions
	expression.place == "if"
	some context in expression.contexts
	context in {"github.actor", "github.triggering_actor", "github.actor_id", "github.event.pull_request.sender.login"}
	_names_bot(expression)
	steps.is_started_by_pull_request(expression)
}

_names_bot(expression) if {
	some literal in expression.demanded
	endswith(literal, "[bot]")
}

# The numbers of Dependabot and Renovate.
_names_bot(expression) if {
	some literal in expression.demanded
	literal in {"49699333", "29139614"}
}
