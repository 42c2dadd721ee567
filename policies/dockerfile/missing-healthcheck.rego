# METADATA
# title: Missing HEALTHCHECK
# description: |
#   Without `HEALTHCHECK` Docker and Swarm know only whether the process runs. Kubernetes does not read it: its
#   probes do that work.
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: the image has no `HEALTHCHECK`
#   remediation: Add `HEALTHCHECK CMD …` if the image runs under Docker or Swarm.
#   aliases:
#     - hadolint:DL3057
#     - unless: other_stage_has_one
#       ids: [trivy:DS-0026, checkov:CKV_DOCKER_2, kics:healthcheck_instruction_missing]
#     - dockle:CIS-DI-0006
#     - cis-docker:4.6
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["missing-healthcheck"]

deny contains {"at": stage.at, "field": "base", "other_stage_has_one": _other_stage_has_one(stage.document)} if {
	some stage in input.stages
	stage.is_final
	stage.has_base
	not _checks_health(stage)
}

# A stage has the check of the stages that it builds on.
_checks_health(stage) if {
	some at in stage.lineage
	some base in input.index.stages_by_at[at]
	count(base.healthchecks) > 0
}

_other_stage_has_one(document) if {
	_names_a_check(document)
} else := false

_names_a_check(document) if {
	some stage in input.index.stages_by_document[document]
	count(stage.healthchecks) > 0
}
