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
#   habit: true
#   message: "`MAINTAINER` is deprecated"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write `LABEL org.opencontainers.image.authors='NAME'` instead. If the instruction still holds a placeholder such as `Your Name`, remove it.
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

deny contains {"at": instruction.at, "field": "keyword", "advice": sprintf("Write `LABEL org.opencontainers.image.authors=\"%s\"`.", [_name(instruction.text)])} if {
	some instruction in input.instructions
	instruction.keyword == "MAINTAINER"
	not _is_placeholder(instruction.text)
}

# Quotes around it, or around a part of it, would end the label's own.
_name(text) := trim(replace(trim_space(text), "\"", ""), "'")

# The text of an example is nobody's name.
deny contains {"at": instruction.at, "field": "keyword", "advice": "Remove it: it names nobody yet. `LABEL org.opencontainers.image.authors` is the place for a name."} if {
	some instruction in input.instructions
	instruction.keyword == "MAINTAINER"
	_is_placeholder(instruction.text)
}

_is_placeholder(text) if {
	some part in ["your name", "your@", "yourname", "@example.com", "john doe", "your-name", "<name>", "<email>"]
	contains(lower(text), part)
}
