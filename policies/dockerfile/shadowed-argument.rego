# METADATA
# title: Build argument hidden by ENV
# description: |
#   An `ENV` always takes precedence over an `ARG` of the same name: what `--build-arg` passes is never used.
# custom:
#   severity: info
#   confidence: high
#   category: correctness
#   message: "`ENV {name}` overrides the build argument of the same name"
#   remediation: "Write `ENV {name}=${name}` to keep its value."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["shadowed-argument"]

import data.lib.stages

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "related": [{"at": argument.at, "field": argument.field, "message": "the argument"}]} if {
	some variable in input.variables
	variable.source == "env"
	not variable.is_expansion
	stages.is_small(variable.stage)
	some argument in input.index.variables_by_stage[variable.stage]
	argument.source == "arg"
	argument.name == variable.name
}
