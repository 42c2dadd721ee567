# METADATA
# title: Instruction not allowed in ONBUILD
# description: |
#   The builder refuses `FROM`, `MAINTAINER` and another `ONBUILD` as triggers.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#onbuild
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`ONBUILD` does not accept `{keyword}`"
#   remediation: "Remove the trigger: `ONBUILD` takes any instruction but `FROM`, `MAINTAINER` and `ONBUILD`."
#   aliases:
#     - hadolint:DL3043
#     - kics:from_or_maintainer_cannot_be_triggered_within_onbuild
#     - dockerfile-utils:ONBUILD_CHAINING_DISALLOWED
#     - dockerfile-utils:ONBUILD_TRIGGER_DISALLOWED
package rules.dockerfile["forbidden-trigger"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.is_onbuild
	instruction.keyword in {"FROM", "MAINTAINER", "ONBUILD"}
}
