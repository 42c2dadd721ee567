# METADATA
# title: Relative WORKDIR
# description: |
#   A relative `WORKDIR` depends on every `WORKDIR` before it, and on the base image where there is none.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#workdir
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`WORKDIR {workdir}` is relative"
#   remediation: Use an absolute path.
#   aliases:
#     - hadolint:DL3000
#     - trivy:DS-0009
#     - checkov:CKV_DOCKER_10
#     - {id: buildkit:WorkdirRelativePath, unless: follows_workdir}
#     - kics:workdir_path_not_absolute
#     - dockerfilelint:invalid_workdir
#     - dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE
package rules.dockerfile["relative-workdir"]

deny contains {"at": instruction.at, "field": "arguments.0", "workdir": instruction.workdir, "follows_workdir": instruction.workdir_set} if {
	some instruction in input.instructions
	instruction.keyword == "WORKDIR"
	not instruction.is_absolute
	instruction.is_known
}
