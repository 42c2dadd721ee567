# METADATA
# title: Reserved stage name
# description: |
#   `scratch` and `context` have a special meaning to the builder; a stage of that name cannot be referenced.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{stage}` is a reserved name"
#   remediation: Choose another stage name.
#   aliases:
#     - hadolint:DL3063
#     - buildkit:ReservedStageName
package rules.dockerfile["reserved-stage-name"]

deny contains {"at": stage.at, "field": "name", "stage": stage.name} if {
	some stage in input.stages
	stage.name in {"scratch", "context"}
}
