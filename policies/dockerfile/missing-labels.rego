# METADATA
# title: Missing image labels
# description: |
#   Registries, scanners and bots read these OCI labels: where the source is, which commit was built, and under which licence.
# related_resources:
#   - https://github.com/opencontainers/image-spec/blob/main/annotations.md
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "the image has no label {labels}"
#   remediation: Add them with `LABEL`, or let the build set them.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["missing-labels"]

deny contains {"at": stage.at, "labels": concat(", ", missing)} if {
	some stage in input.stages
	stage.is_final
	stage.has_base
	set := {pair.name |
		some at in stage.lineage
		some instruction in input.index.instructions_by_stage[at]
		instruction.keyword == "LABEL"
		some pair in instruction.pairs
	}
	missing := [sprintf("`%s`", [label]) | some label in _labels; not label in set]
	count(missing) > 0
}

_labels := ["org.opencontainers.image.source", "org.opencontainers.image.revision", "org.opencontainers.image.licenses"]
