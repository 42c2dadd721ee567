# METADATA
# title: Deprecated MAINTAINER instruction
# description: |
#   `MAINTAINER` is deprecated; a label says the same and can be read by every tool.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#maintainer-deprecated
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`MAINTAINER` is deprecated"
#   remediation: "Write `LABEL org.opencontainers.image.authors=\"{name}\"`."
#   aliases:
#     - hadolint:DL4000
#     - trivy:DS-0022
#     - checkov:CKV_DOCKER_6
#     - buildkit:MaintainerDeprecated
#     - kics:maintainer_instruction_being_used
#     - semgrep:maintainer-is-deprecated
#     - dockerfilelint:deprecated_in_1.13
#     - dockerfile-utils:DEPRECATED_MAINTAINER
package rules.dockerfile["maintainer"]

deny contains {"at": instruction.at, "field": "keyword", "name": trim(trim_space(instruction.text), "\"'")} if {
	some instruction in input.instructions
	instruction.keyword == "MAINTAINER"
}
