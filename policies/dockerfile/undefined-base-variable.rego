# METADATA
# title: Undefined variable in FROM
# description: |
#   `FROM` can use only an `ARG` that is declared before the first `FROM`; any other variable is empty there.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "no `ARG {name}` precedes the first `FROM`"
#   remediation: "Declare `ARG {name}=…`, with a default value, above the first `FROM`."
#   aliases:
#     - buildkit:UndefinedArgInFrom
#     - dockerfile-utils:BASE_NAME_EMPTY
package rules.dockerfile["undefined-base-variable"]

deny contains {"at": stage.at, "field": "base", "name": name} if {
	some stage in input.stages
	some name in stage.undefined_variables
}

deny contains {"at": stage.at, "field": "platform", "name": name} if {
	some stage in input.stages
	some name in stage.undefined_platform_variables
}
