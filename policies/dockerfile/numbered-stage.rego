# METADATA
# title: Stage referenced by number
# description: |
#   Adding a stage above changes which stage the number refers to, without an error.
# related_resources:
#   - https://docs.docker.com/build/building/multi-stage/#name-your-build-stages
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   once: true
#   message: "`--from={number}` counts stages: its meaning changes when a stage is added above"
#   remediation: Name the stage with `AS`, and use the name.
#   aliases:
#     - kics:using_unnamed_build_stages
package rules.dockerfile["numbered-stage"]

deny contains {"at": instruction.at, "field": "flags.from", "number": flag.value} if {
	some instruction in input.instructions
	instruction.keyword == "COPY"
	some flag in instruction.flags
	flag.name == "from"
	flag.value != ""
	trim(flag.value, "0123456789") == ""
	to_number(flag.value) < instruction.stage_number
}
