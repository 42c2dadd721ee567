# METADATA
# title: Multiple HEALTHCHECK instructions
# description: |
#   Only the last `HEALTHCHECK` of a stage takes effect.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "this `HEALTHCHECK` has no effect: a later one in the same stage replaces it"
#   remediation: Remove it.
#   aliases:
#     - hadolint:DL3012
#     - trivy:DS-0023
#     - buildkit:MultipleInstructionsDisallowed
#     - kics:do_not_use_multiple_healthcheck
#     - dockerfile-utils:MULTIPLE_INSTRUCTIONS
#   implied_by: [dockerfile/invalid-healthcheck]
package rules.dockerfile["repeated-healthcheck"]

deny contains {"at": at, "field": "keyword", "related": [{"at": last, "field": "keyword", "message": "this one counts"}]} if {
	some stage in input.stages
	count(stage.healthchecks) > 1
	last := stage.healthchecks[count(stage.healthchecks) - 1]
	some at in stage.healthchecks
	at != last
}
