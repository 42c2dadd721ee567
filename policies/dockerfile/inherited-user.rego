# METADATA
# title: User left to the base image
# description: |
#   Without `USER` in the final stage the program runs as the base image says. Where that is surely root, `dockerfile/missing-user` says so; this is for
#   those who want every image to name its user, also if the base may do it, and also if the image starts nothing.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   default: off
#   message: "no `USER` in the final stage: `{base}` decides who runs the container"
#   remediation: End the stage with the number of an unprivileged user, as in `USER 1000`.
#   aliases:
#     - trivy:DS-0002
#     - checkov:CKV_DOCKER_3
#     - {id: kics:missing_user_instruction, unless: is_scratch}
#     - semgrep:missing-user
#     - semgrep:missing-user-entrypoint
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
package rules.dockerfile["inherited-user"]

import data.lib.stages

deny contains {"at": stage.at, "field": "base", "base": stage.base, "is_scratch": stage.is_scratch} if {
	some stage in input.stages
	stage.is_final
	stage.has_base
	not stage.user_set
	not stage.base_is_nonroot
	not stages.steps_down(stage)
	not stage.is_windows
	not _holds_files(stage)
}

# A stage on `scratch` that starts nothing is a set of files to take out, and nobody runs it.
_holds_files(stage) if {
	stage.is_scratch
	count(stage.cmds) == 0
	count(stage.entrypoints) == 0
}
