# METADATA
# title: Unused stage
# description: |
#   No later stage builds on it, copies from it or mounts it, and it is not the last one: BuildKit skips it, unless `--target` names it.
# custom:
#   severity: info
#   confidence: medium
#   category: maintainability
#   message: "stage `{name}` is not used in this file"
#   remediation: Remove it, or say in a comment who builds it with `--target`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unused-stage"]

deny contains {"at": stage.at, "name": object.get(stage, "name", sprintf("%d", [stage.number]))} if {
	some stage in input.stages
	not stage.is_used
	count(input.index.stages_by_document[stage.document]) < 200
	not _is_named(stage)
}

# A variable may choose it: `FROM build-$TARGETOS`.
_is_named(stage) if {
	some other in input.index.stages_by_document[stage.document]
	contains(other.base, "$")
	startswith(stage.name, lower(split(other.base, "$")[0]))
}

_is_named(stage) if {
	references := input.index.references_by_document[stage.document]
	some reference in references
	not reference.is_known
	startswith(stage.name, lower(split(reference.target, "$")[0]))
}

# A stage that a build names as its target.
_is_named(stage) if {
	some build in input.index.builds_by_target[stage.name]
	build.dockerfile == stage.path
}
