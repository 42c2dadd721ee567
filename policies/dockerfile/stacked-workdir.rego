# METADATA
# title: WORKDIR relative to another WORKDIR
# description: |
#   A relative `WORKDIR` is resolved against the one above it. That is well defined, but a reader has to combine both, and the folder moves when the upper
#   one changes.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#workdir
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "`WORKDIR {workdir}` is relative to the `WORKDIR` above it"
#   remediation: Write the whole path.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:DL3000
#     - trivy:DS-0009
#     - checkov:CKV_DOCKER_10
#     - kics:workdir_path_not_absolute
#     - dockerfilelint:invalid_workdir
#     - dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE
package rules.dockerfile["stacked-workdir"]

deny contains {"at": instruction.at, "field": "arguments.0", "workdir": instruction.workdir} if {
	some instruction in input.instructions
	instruction.keyword == "WORKDIR"
	not instruction.is_absolute
	instruction.is_known
	instruction.workdir_set
}
