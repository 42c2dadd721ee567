# METADATA
# title: Secret that is not listed
# description: |
#   A project may list the secrets that its repository or organization has. Any other one is empty: it is a slip, or somebody forgot to set it.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{name}` is not among the secrets that the setting `secrets` lists"
#   remediation: "Correct the name, or add it to the setting `secrets` once it is set."
#   settings:
#     secrets:
#       type: list
#       default: []
#       needed: true
#       description: "The names of the secrets."
#   aliases:
#     - actionlint-fork:expression/config-secret-undefined
package rules.workflow["unlisted-secret"]

deny contains {"at": expression.at, "name": upper(name)} if {
	some expression in input.expressions
	some context in expression.contexts
	startswith(context, "secrets.")
	name := trim_prefix(context, "secrets.")
	not name in {"*", "github_token", "actions_step_debug", "actions_runner_debug"}
	not _is_listed(name)
}

_is_listed(name) if {
	some listed in input.settings["workflow/unlisted-secret"].secrets
	lower(listed) == name
}
