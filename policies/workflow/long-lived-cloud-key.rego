# METADATA
# title: Long-lived cloud credentials
# description: |
#   A key in a secret works until somebody replaces it, for whoever gets hold of it. With OpenID Connect a job gets a token for one run, and the cloud decides
#   by repository, branch and environment. Off by default: it takes a change in the cloud account.
# related_resources:
#   - https://docs.github.com/en/actions/concepts/security/openid-connect
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{action}` gets a long-lived key of {cloud}"
#   remediation: "Let it use OpenID Connect: {how}, with `permissions: id-token: write`."
#   how_to_fix: >-
#     Use OpenID Connect, with `id-token: write` in `permissions` of the job: set `role-to-assume` for AWS, `workload_identity_provider` for Google
#     Cloud, or `client-id`, `tenant-id` and `subscription-id` for Azure. Then delete the key.
#   aliases:
#     - github-hardening:oidc
#   default: off
package rules.workflow["long-lived-cloud-key"]

import data.lib.steps

deny contains {"at": step.at, "field": concat(".", ["with", name]), "action": step.action.name, "cloud": cloud, "how": how} if {
	some step in input.steps
	step.action.slug in {"aws-actions/configure-aws-credentials", "google-github-actions/auth", "azure/login"}
	some row in [
		["aws-actions/configure-aws-credentials", "aws-access-key-id", "AWS", "`role-to-assume`"],
		["google-github-actions/auth", "credentials_json", "Google Cloud", "`workload_identity_provider`"],
		["azure/login", "creds", "Azure", "`client-id`, `tenant-id` and `subscription-id`"],
	]
	row[0] == step.action.slug
	name := row[1]
	contains(steps.setting(step, name), "secrets.")
	cloud := row[2]
	how := row[3]
}
