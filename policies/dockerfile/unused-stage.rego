# METADATA
# title: Stage that nothing uses
# description: |
#   No later stage builds on it, copies from it or mounts it, and it is not the last one: BuildKit leaves it out, unless `--target` names it.
# custom:
#   severity: info
#   confidence: medium
#   category: maintainability
#   message: "nothing in this file uses stage `{name}`"
#   remediation: "Remove it, or say in a comment who builds it with `--target`."
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["unused-stage"]

deny contains {"at": stage.at, "name": object.get(stage, "name", sprintf("%d", [stage.number]))} if {
	some stage in input.stages
	not stage.is_used
	not _is_named(stage)
}

# A stage that a build names as its target.
_is_named(stage) if {
	some build in input.index.builds_by_target[stage.name]
	build.dockerfile == stage.path
}
