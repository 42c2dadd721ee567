# METADATA
# title: Action that is not allowed
# description: |
#   A project may list the actions that it has reviewed: `owner/repository`, a path in one, or `owner/*`. Nothing else is to be used; actions of the repository itself always are.
# related_resources:
#   - https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{action}` is not among the actions that the setting `allowed` lists"
#   remediation: Use a listed action, or add this one to the setting `allowed` once it is reviewed.
#   settings:
#     allowed:
#       type: list
#       default: []
#       needed: true
#       description: "The actions: `owner/repository`, a path in one, or `owner/*`."
#   aliases:
#     - zizmor:forbidden-uses
#     - github-hardening:allow-list
package rules.workflow["unlisted-action"]

import data.lib.uses

_allowed := input.settings["workflow/unlisted-action"].allowed

deny contains {"at": step.at, "field": "uses", "action": step.action.name} if {
	some step in input.steps
	uses.is_remote(step.action)
	not _is_allowed(step.action.full)
}

deny contains {"at": job.at, "field": "uses", "action": job.action.name} if {
	some job in input.jobs
	uses.is_remote(job.action)
	not _is_allowed(job.action.full)
}

_is_allowed(full) if {
	some pattern in _allowed
	_matches(lower(pattern), full)
}

# `owner/repository`, a path in it, or `owner/*`.
_matches(pattern, full) if pattern == full

_matches(pattern, full) if startswith(full, concat("", [pattern, "/"]))

_matches(pattern, full) if {
	endswith(pattern, "/*")
	startswith(full, trim_suffix(pattern, "*"))
}
