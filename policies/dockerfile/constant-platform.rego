# METADATA
# title: Hard-coded platform in FROM
# description: |
#   A hard-coded platform makes the stage the same for every target: the image of an arm64 build then holds amd64 programs.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`--platform={platform}` builds for one platform only"
#   remediation: Omit the flag, or use `$BUILDPLATFORM` or `$TARGETPLATFORM`.
#   aliases:
#     - hadolint:DL3029
#     - buildkit:FromPlatformFlagConstDisallowed
#     - kics:using_platform_with_from
#     - semgrep:avoid-platform-with-from
#   implied_by: [dockerfile/invalid-flag]
package rules.dockerfile["constant-platform"]

deny contains {"at": stage.at, "field": "platform", "platform": stage.platform} if {
	some stage in input.stages
	stage.platform
	not contains(stage.platform, "$")
	not _is_named_for_it(stage)
	not _is_file_for_it(stage)
	not _needs_it(stage)
}

# What the stage downloads or installs exists for that platform alone.
_needs_it(stage) if {
	names := _names_of_architecture(stage)
	some command in input.index.commands_by_stage[stage.at]
	some word in command.words
	some name in names
	contains(lower(word.text), name)
}

_needs_it(stage) if {
	names := _names_of_architecture(stage)
	some instruction in input.index.instructions_by_stage[stage.at]
	instruction.keyword in {"ADD", "COPY", "ENV", "ARG"}
	some argument in instruction.arguments
	some name in names
	contains(lower(argument.text), name)
}

_names_of_architecture(stage) := names if {
	some [part, names] in [
		["amd64", ["x86_64", "amd64", "x86-64", "linux-x64", "linux64", "i386"]],
		["arm64", ["arm64", "aarch64"]],
		["386", ["i386", "i686", "x86"]],
		["arm/", ["armhf", "armv7", "armv6", "arm32"]],
	]
	contains(stage.platform, part)
}

# `Dockerfile.arm64`, `arm64v8/Dockerfile`: there is one file for each platform.
_is_file_for_it(stage) if {
	path := lower(stage.path)
	some name in ["arm64", "aarch64", "armv7", "armv6", "armhf", "arm32", "amd64", "x86_64", "x86-64", "i386", "ppc64le", "s390x", "riscv64", "windows"]
	contains(path, name)
}

# A stage that says in its name for which platform it is means it.
_is_named_for_it(stage) if {
	some part in split(lower(stage.platform), "/")
	contains(stage.name, part)
}
