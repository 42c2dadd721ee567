# METADATA
# title: Token of an app for everything it may reach
# description: |
#   Without `repositories` and `permission-…` the token reaches every repository where the app is
#   installed, with every right it has.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{uses}` makes a token without limits"
#   remediation: Name the repositories and permissions that the job needs.
#   aliases:
#     - zizmor:github-app
#     - ghalint:github_app_should_limit_repositories
#     - ghalint:github_app_should_limit_permissions
package rules.workflow["unlimited-app-token"]

import data.lib.steps

deny contains {"at": step.at, "field": "uses", "uses": step.uses, "aliases": aliases} if {
	some step in input.steps
	step.action.slug in {"actions/create-github-app-token", "tibdex/github-app-token"}
	aliases := array.concat(_repositories(step), _permissions(step))
	count(aliases) > 0
}

_repositories(step) := [] if steps.is_set(step, "repositories")

_repositories(step) := ["ghalint:github_app_should_limit_repositories", "zizmor:github-app"] if {
	not steps.is_set(step, "repositories")
	_is_wide(step)
}

_repositories(step) := [] if {
	not steps.is_set(step, "repositories")
	not _is_wide(step)
}

# The official action keeps to this repository unless it is given an owner.
_is_wide(step) if step.action.slug == "tibdex/github-app-token"

_is_wide(step) if steps.is_set(step, "owner")

_permissions(step) := [] if _has_permissions(step)

_permissions(step) := ["ghalint:github_app_should_limit_permissions", "zizmor:github-app"] if not _has_permissions(step)

_has_permissions(step) if {
	some key, _ in step["with"]
	startswith(lower(key), "permission")
}
