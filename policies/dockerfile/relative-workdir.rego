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
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write the absolute path that the directory has in the base image: if the working directory of the base image is `/`, `WORKDIR app` becomes
#     `WORKDIR /app`.
#   aliases:
#     - hadolint:DL3000
#     - trivy:DS-0009
#     - checkov:CKV_DOCKER_10
#     - buildkit:WorkdirRelativePath
#     - kics:workdir_path_not_absolute
#     - dockerfilelint:invalid_workdir
#     - dockerfile-utils:WORKDIR_IS_NOT_ABSOLUTE
package rules.dockerfile["relative-workdir"]

deny contains {"at": instruction.at, "field": "arguments.0", "workdir": instruction.workdir, "advice": _advice(instruction, trim_prefix(instruction.workdir, "./"))} if {
	some instruction in input.instructions
	instruction.keyword == "WORKDIR"
	not instruction.is_absolute
	instruction.is_known
	not instruction.workdir_set
}

_advice(instruction, path) := sprintf("Write `WORKDIR %s/%s`.", [trim_right(_folder(instruction), "/"), path]) if _folder(instruction)

_advice(instruction, _) := "Write the absolute path that it has in the base image." if not _folder(instruction)

_folder(instruction) := folder if {
	some stage in input.index.stages_by_at[instruction.stage]
	folder := stage.starting_workdir
}
