# METADATA
# title: Missing FROM
# description: |
#   A Dockerfile begins with `FROM`; only `ARG`, comments and parser directives may precede it.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{keyword}` precedes the first `FROM`"
#   remediation: Begin with `FROM`; `FROM scratch` is an empty image.
#   aliases:
#     - hadolint:DL3061
#     - kics:first_instruction_should_be_arg_or_from
#     - kics:should_specify_base_image
#     - dockerfilelint:from_first
package rules.dockerfile["missing-from"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.number == 0
	not instruction.keyword in {"FROM", "ARG"}
	not instruction.is_onbuild
	instruction.keyword in _known
}

# What is no instruction at all is a syntax error.
_known := {
	"ADD", "CMD", "COPY", "ENTRYPOINT", "ENV", "EXPOSE", "HEALTHCHECK", "LABEL", "MAINTAINER", "ONBUILD", "RUN", "SHELL", "STOPSIGNAL", "USER", "VOLUME", "WORKDIR",
}
