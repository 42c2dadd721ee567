# METADATA
# title: Relative WORKDIR
# description: |
#   Without a `WORKDIR` above it, a relative one depends on the working directory of the base image.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#workdir
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`WORKDIR {workdir}` is relative to the working directory of the base image"
#   remediation: "Write an absolute path, such as `WORKDIR /{workdir}`."
#   aliases:
#     - hadolint:DL3000
#     - trivy:DS-0009
#     - checkov:CKV_DOCKER_10
#     - buildkit:WorkdirRelativePath
#     - kics:workdir_path_not_absolute
#     - dockerfilelint:invalid_workdir
#     - dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE
package rules.dockerfile["relative-workdir"]

deny contains {"at": instruction.at, "field": "arguments.0", "workdir": trim_prefix(instruction.workdir, "./")} if {
	some instruction in input.instructions
	instruction.keyword == "WORKDIR"
	not instruction.is_absolute
	instruction.is_known
	not instruction.workdir_set
}
