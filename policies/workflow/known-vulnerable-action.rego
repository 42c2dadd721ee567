# METADATA
# title: Action with a known vulnerability
# description: |
#   This release has a published vulnerability, and a later one has not. Known are the advisories in `data/action-advisories.tsv`; a tag such as `v4`, which
#   moves with the releases of its line, is reported only if the whole line is affected.
# related_resources:
#   - https://github.com/advisories?query=type%3Areviewed+ecosystem%3Aactions
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{action}` has a published vulnerability ({advisory}): {vulnerability}"
#   remediation: "Update to {release}."
#   how_to_fix: >-
#     Update to the first release with the fix, which the advisory names, or to a later one. With a commit hash, pin the commit of such a release.
#   aliases:
#     - zizmor:known-vulnerable-actions
#     - poutine:known_vulnerability_in_build_component
#     - codeql:UseOfKnownVulnerableAction
#     - kics:12aead41-b910-43aa-9af9-e280f95e587c
#     - kics:tj-actions-changed-files
package rules.workflow["known-vulnerable-action"]

deny contains {"at": step.at, "field": "uses", "action": step.uses, "advisory": step.action.advisory, "vulnerability": step.action.vulnerability, "release": step.action.safe_release} if {
	some step in input.steps
	step.action.advisory
	not step.action.is_own
}

deny contains {"at": job.at, "field": "uses", "action": job.uses, "advisory": job.action.advisory, "vulnerability": job.action.vulnerability, "release": job.action.safe_release} if {
	some job in input.jobs
	job.action.advisory
	not job.action.is_own
}
