# METADATA
# title: Dockerfile without FROM
# description: |
#   A Dockerfile begins with `FROM`; only `ARG` may stand before it.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{keyword}` stands before the first `FROM`"
#   remediation: "Begin with `FROM`; `FROM scratch` is an empty image."
#   aliases:
#     - hadolint:DL3061
package rules.dockerfile["missing-from"]

deny contains {"at": instruction.at, "field": "keyword", "keyword": instruction.keyword} if {
	some instruction in input.instructions
	instruction.number == 0
	not instruction.keyword in {"FROM", "ARG"}
	not instruction.is_onbuild
}
