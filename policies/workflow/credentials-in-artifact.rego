# METADATA
# title: Checkout credentials in an artifact
# description: |
#   `actions/checkout` up to v5 writes the token of the job to `.git/config`. With `include-hidden-files` that file is part of an artifact of the whole
#   workspace, which everyone who can read the repository may download while the job still runs.
# related_resources:
#   - https://unit42.paloaltonetworks.com/github-repo-artifacts-leak-tokens/
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "the artifact holds `.git/config` with the token of the job"
#   remediation: "Set `persist-credentials: false` on the checkout, or upload less than the whole workspace."
#   aliases:
#     - codeql:SecretsInArtifacts
package rules.workflow["credentials-in-artifact"]

import data.lib.steps

deny contains {"at": step.at, "field": "with.include-hidden-files", "related": [{"at": checkout.at, "field": "uses", "message": "this checkout writes the token"}]} if {
	some step in input.steps
	step.action.slug == "actions/upload-artifact"
	lower(steps.setting(step, "include-hidden-files")) == "true"
	trim(steps.setting(step, "path"), " \n") in {".", "./", "${{ github.workspace }}", "${{github.workspace}}"}
	some checkout in input.index.steps_by_job[step.job]
	checkout.action.slug == "actions/checkout"
	checkout.number < step.number
	not steps.is_set(checkout, "persist-credentials")
	not steps.is_set(checkout, "path")
	some line in ["v1", "v2", "v3", "v4", "v5"]
	split(checkout.action.version, ".")[0] == line
}
