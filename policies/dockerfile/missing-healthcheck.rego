# METADATA
# title: No HEALTHCHECK
# description: |
#   Without `HEALTHCHECK` Docker and Swarm know only whether the process runs. Kubernetes does not read it: its
#   probes do that work.
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "the image has no `HEALTHCHECK`"
#   remediation: "Add `HEALTHCHECK CMD …` if the image runs under Docker or Swarm."
#   aliases:
#     - hadolint:DL3057
#     - trivy:DS-0026
#     - checkov:CKV_DOCKER_2
#     - kics:healthcheck_instruction_missing
#     - dockle:CIS-DI-0006
#     - cis-docker:4.6
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["missing-healthcheck"]

deny contains {"at": stage.at, "field": "base"} if {
	some stage in input.stages
	stage.is_final
	stage.has_base
	not _checks_health(stage.document)
}

_checks_health(document) if {
	some stage in input.index.stages_by_document[document]
	count(stage.healthchecks) > 0
}
