# METADATA
# title: Configuration variable that is not listed
# description: |
#   A project may list the variables that its repository or organization has. Any other one is empty: it is a slip, or somebody forgot to set it.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{name}` is not among the variables that the setting `variables` lists"
#   remediation: "Correct the name, or add it to the setting `variables` once it is set."
#   settings:
#     variables:
#       type: list
#       default: []
#       needed: true
#       description: "The names of the variables."
#   aliases:
#     - actionlint:expression/config-variable-undefined
#     - actionlint-fork:expression/config-variable-undefined
package rules.workflow["unlisted-variable"]

deny contains {"at": expression.at, "name": upper(name)} if {
	some expression in input.expressions
	some context in expression.contexts
	startswith(context, "vars.")
	name := trim_prefix(context, "vars.")
	not name in {"*", "github_token", "actions_step_debug", "actions_runner_debug"}
	not _is_listed(name)
}

_is_listed(name) if {
	some listed in input.settings["workflow/unlisted-variable"].variables
	lower(listed) == name
}
