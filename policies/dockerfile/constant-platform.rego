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
