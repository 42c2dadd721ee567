# METADATA
# title: DEBIAN_FRONTEND kept in the image
# description: |
#   `ENV` holds in every container too: whoever installs a package there gets no questions, and wonders why.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`DEBIAN_FRONTEND` stays set in every container"
#   remediation: "Use `ARG DEBIAN_FRONTEND=noninteractive`, or set it before the command."
package rules.dockerfile["kept-frontend"]

deny contains {"at": instruction.at, "field": pair.field} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	some pair in instruction.pairs
	pair.name == "DEBIAN_FRONTEND"
	pair.value in {"noninteractive", "teletype"}
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_final
}
