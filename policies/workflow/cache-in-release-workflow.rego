# METADATA
# title: Cache in a workflow of releases
# description: |
#   Caches are shared with the other workflows of the branch. A workflow that starts with a release is taken to publish something, whatever its steps show. Off
#   by default; `workflow/cache-in-release` reports the jobs that are seen to publish.
# related_resources:
#   - https://docs.zizmor.sh/audits/#cache-poisoning
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{action}` may restore a cache in a workflow of releases"
#   remediation: "Build releases without caches."
#   aliases:
#     - zizmor:cache-poisoning
#   default: off
#   profiles: [pedantic]
package rules.workflow["cache-in-release-workflow"]

import data.lib.steps

deny contains {"at": step.at, "field": "uses", "action": step.action.full} if {
	some step in input.steps
	some event in step.events
	event == "release"
	_restores(step)
}

_restores(step) if {
	step.action.slug == "actions/setup-node"
	lower(object.get(step["with"], "package-manager-cache", "true")) != "false"
}

_restores(step) if {
	step.action.slug in {"astral-sh/setup-uv", "actions/setup-go", "ruby/setup-ruby", "swatinem/rust-cache", "actions/setup-python", "actions/setup-java"}
	some name in ["enable-cache", "cache", "bundler-cache"]
	steps.is_set(step, name)
	not lower(steps.setting(step, name)) in {"false", ""}
}
