# METADATA
# title: Publishing with a stored token
# description: |
#   The registry can trust the workflow itself, with a token that lives for minutes; a stored one works for whoever reads it, until it is revoked.
# related_resources:
#   - https://docs.pypi.org/trusted-publishers/
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{uses}` publishes with a long-lived token"
#   remediation: "Register the workflow as a trusted publisher, grant `id-token: write`, and remove the token."
#   aliases: [zizmor:use-trusted-publishing]
package rules.workflow["publish-with-password"]

import data.lib.steps

deny contains {"at": step.at, "field": field, "uses": _shown(step)} if {
	some step in input.steps
	step.action.slug in {"pypa/gh-action-pypi-publish", "rubygems/configure-rubygems-credentials"}
	some input_name in _stored[step.action.slug]
	field := sprintf("with.%s", [input_name])
	steps.is_set(step, input_name)
	not _goes_elsewhere(step)
}

deny contains {"at": step.at, "field": "with.setup-trusted-publisher", "uses": _shown(step)} if {
	some step in input.steps
	step.action.slug == "rubygems/release-gem"
	steps.setting(step, "setup-trusted-publisher") == "false"
}

# The version that stands behind a hash, where it is known.
_shown(step) := concat("@", [step.action.name, step.action.version]) if {
	step.action.ref_kind == "sha"
	step.action.version
} else := step.uses

# The inputs that take a stored credential.
_stored := {
	"pypa/gh-action-pypi-publish": ["password"],
	"rubygems/configure-rubygems-credentials": ["api-token"],
}

# A registry that nobody has heard of may know no trusted publishers.
_goes_elsewhere(step) if {
	some name in ["repository-url", "repository_url", "gem-server"]
	url := steps.setting(step, name)
	count([host | some host in _hosts; contains(url, host)]) == 0
}

_hosts := {"upload.pypi.org", "test.pypi.org", "rubygems.org"}
