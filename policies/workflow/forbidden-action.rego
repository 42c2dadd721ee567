# METADATA
# title: Forbidden action
# description: |
#   A project may list actions that nobody in it is to use: `owner/repository`, a path in one, or `owner/*`.
# related_resources:
#   - https://docs.github.com/en/repositories/managing-your-repositorys-settings-and-features/enabling-features-for-your-repository/managing-github-actions-settings-for-a-repository
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{action}` is forbidden by the setting `denied`"
#   remediation: Use another action, or a script.
#   settings:
#     denied:
#       type: list
#       default: []
#       needed: true
#       description: "The actions: `owner/repository`, a path in one, or `owner/*`."
#   aliases:
#     - zizmor:forbidden-uses
package rules.workflow["forbidden-action"]

import data.lib.uses

_denied := input.settings["workflow/forbidden-action"].denied

deny contains {"at": step.at, "field": "uses", "action": step.action.name} if {
	some step in input.steps
	uses.is_remote(step.action)
	_is_denied(step.action.full)
}

deny contains {"at": job.at, "field": "uses", "action": job.action.name} if {
	some job in input.jobs
	uses.is_remote(job.action)
	_is_denied(job.action.full)
}

_is_denied(full) if {
	some pattern in _denied
	_matches(lower(pattern), full)
}

# `owner/repository`, a path in it, or `owner/*`.
_matches(pattern, full) if pattern == full

_matches(pattern, full) if startswith(full, concat("", [pattern, "/"]))

_matches(pattern, full) if {
	endswith(pattern, "/*")
	startswith(full, trim_suffix(pattern, "*"))
}
