# METADATA
# title: Persistent DEBIAN_FRONTEND
# description: |
#   `ENV` also applies to every container: installing a package there never prompts, which few people expect.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   habit: true
#   message: "`ENV` keeps `DEBIAN_FRONTEND` set in every container"
#   remediation: Write `ARG DEBIAN_FRONTEND=noninteractive`, or set it for the command alone.
package rules.dockerfile["kept-frontend"]

deny contains {"at": instruction.at, "field": pair.field} if {
	some instruction in input.instructions
	instruction.keyword == "ENV"
	some pair in instruction.pairs
	pair.name == "DEBIAN_FRONTEND"
	pair.value == "noninteractive"
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_final
}
