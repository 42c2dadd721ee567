# METADATA
# title: Duplicate stage name
# description: |
#   If two stages have one name, `COPY --from` and `--target` mean the last one, and the first cannot be referenced.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "duplicate stage name `{stage}`"
#   remediation: Give each stage its own name.
#   aliases:
#     - hadolint:DL3024
#     - trivy:DS-0012
#     - checkov:CKV_DOCKER_11
#     - buildkit:DuplicateStageName
#     - kics:same_alias_in_different_froms
#     - dockerfile-utils:DUPLICATE_BUILD_STAGE_NAME
package rules.dockerfile["duplicate-stage"]

deny contains {"at": stage.at, "field": "name", "stage": stage.name, "related": [{"at": stage.namesake, "field": "name", "message": "first here"}]} if {
	some stage in input.stages
	stage.namesake
}
