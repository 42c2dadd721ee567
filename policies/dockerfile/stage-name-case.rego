# METADATA
# title: Stage name not in lower case
# description: |
#   Stage names are case-insensitive; by convention they are in lower case.
# custom:
#   severity: info
#   confidence: high
#   category: style
#   habit: true
#   message: "stage name `{stage}` is not in lower case"
#   remediation: Write it in lower case.
#   aliases:
#     - buildkit:StageNameCasing
#   implied_by: [dockerfile/invalid-stage-name]
package rules.dockerfile["stage-name-case"]

deny contains {"at": stage.at, "field": "name", "stage": stage.written_name} if {
	some stage in input.stages
	stage.written_name != stage.name
}
