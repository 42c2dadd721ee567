# METADATA
# title: COPY --from without --link
# description: |
#   With `--link` the layer does not depend on those below it, so it is reused from the cache even if the base image changes.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`COPY --from={stage}` is repeated whenever a layer below it changes"
#   remediation: Add `--link`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unlinked-copy"]

deny contains {"at": instruction.at, "field": "flags.from", "stage": from.value} if {
	some instruction in input.instructions
	instruction.keyword == "COPY"
	some from in instruction.flags
	from.name == "from"
	startswith(instruction.destination, "/")
	not "link" in {flag.name | some flag in instruction.flags}
	not _needs_base(instruction)
	some stage in input.index.stages_by_at[instruction.stage]
	stage.is_final
	not stage.is_windows
}

# The name of a user is looked up in the layers below.
_needs_base(instruction) if {
	some flag in instruction.flags
	flag.name == "chown"
	trim(flag.value, "0123456789:") != ""
}
