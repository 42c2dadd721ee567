# METADATA
# title: Package published with a stored password
# description: |
#   The registry can trust the workflow itself, with a token that lives for minutes; a stored one works
#   for whoever reads it, until somebody changes it.
# related_resources:
#   - https://docs.pypi.org/trusted-publishers/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{uses}` publishes with a stored token"
#   remediation: "Register the workflow as a trusted publisher, grant `id-token: write`, and remove the token."
#   aliases: [zizmor:use-trusted-publishing]
package rules.workflow["publish-with-password"]

import data.lib.steps

deny contains {"at": step.at, "field": "with.password", "uses": step.uses} if {
	some step in input.steps
	step.action.slug in {"pypa/gh-action-pypi-publish"}
	steps.is_set(step, "password")
}
