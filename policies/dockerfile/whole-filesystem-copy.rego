# METADATA
# title: Whole file system copied
# description: |
#   The copy overwrites the system of this stage, including its package database, with that of another, and adds what only the build needed.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`COPY --from={source} / /` stores the whole file system of `{source}` a second time"
#   remediation: Copy only the folders that are needed, or start from `scratch`.
#   aliases:
#     - hadolint:DL3067
package rules.dockerfile["whole-filesystem-copy"]

deny contains {"at": instruction.at, "field": "flags.from", "source": flag.value} if {
	some instruction in input.instructions
	instruction.keyword == "COPY"
	instruction.destination == "/"
	instruction.sources == ["/"]
	some flag in instruction.flags
	flag.name == "from"
	not _is_on_nothing(instruction)
	not _is_made_for_it(instruction, flag.value)
}

# A stage on `scratch` made flat by a copy of everything is what the copy is for.
_is_on_nothing(instruction) if {
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_scratch
}

# An image that only brings tools, such as `tonistiigi/xx`, and a stage that only gives it a name.
_is_made_for_it(_, name) if contains(name, "/")

_is_made_for_it(_, name) if contains(name, ":")

_is_made_for_it(instruction, name) if [instruction.document, lower(name)] in _bare_stages

_bare_stages contains [stage.document, stage.name] if {
	some stage in input.stages
	stage.name
	not input.sizes.commands_by_stage[stage.at]
}
