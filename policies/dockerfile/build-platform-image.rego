# METADATA
# title: Final stage on the build platform
# description: |
#   `$BUILDPLATFORM` is the platform of the machine that builds. A final stage on it gives an image for that machine, whatever `--platform` the build is asked for:
#   an image for `linux/arm64` then holds programs for `linux/amd64`. It belongs on stages that cross-compile.
# related_resources:
#   - https://docs.docker.com/build/building/multi-platform/#cross-compilation
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "the final stage is built for `{platform}`, not for the target platform"
#   remediation: "Remove `--platform={platform}` from the final stage{others}."
#   how_to_fix: >-
#     Remove `--platform=$BUILDPLATFORM` from the `FROM` line of the final stage. A stage that it copies from may stay on the build platform only if it
#     compiles for `$TARGETARCH`.
package rules.dockerfile["build-platform-image"]

deny contains {"at": stage.at, "field": "platform", "platform": stage.platform, "others": _others(stage)} if {
	some stage in input.stages
	stage.is_final
	stage.platform
	_is_build_platform(stage.platform)
	not stage.is_scratch
	_starts_something(stage)
}

_is_build_platform(platform) if platform in {"$BUILDPLATFORM", "${BUILDPLATFORM}"}

_is_build_platform(platform) if startswith(platform, "${BUILDPLATFORM:")

_starts_something(stage) if count(stage.cmds) > 0

_starts_something(stage) if count(stage.entrypoints) > 0

# What is copied from a stage on the same platform holds programs for it, unless that stage cross-compiles.
_others(stage) := sprintf("; the stages that it copies from (%s) are on it too, and must compile for `$TARGETARCH`", [concat(", ", names)]) if {
	names := {sprintf("`%s`", [other.name]) |
		some reference in input.index.references_by_stage[stage.at]
		reference.kind == "copy-from"
		some other in input.index.stages_by_at[reference.target_stage]
		_is_build_platform(other.platform)
		other.name
	}
	count(names) > 0
} else := ""
