# METADATA
# title: Unrestricted app token
# description: |
#   Without `repositories` and `permission-…` the token can access every repository where the app is installed, with every permission of the app.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once_a_message: true
#   message: "`{action}` requests a token that {reach}"
#   remediation: "{missing}."
#   how_to_fix: >-
#     List the repositories that the job needs in `repositories`, and grant only what it needs: `permission-contents: write` and the like for
#     `actions/create-github-app-token`, a JSON object in `permissions` for `tibdex/github-app-token`.
#   aliases:
#     - zizmor:github-app
#     - {id: ghalint:github_app_should_limit_repositories, when: is_for_every_repository}
#     - {id: ghalint:github_app_should_limit_permissions, when: has_every_permission}
package rules.workflow["unlimited-app-token"]

import data.lib.steps

deny contains {
	"at": step.at, "field": _field(step, is_wide), "is_for_every_repository": is_wide, "has_every_permission": is_strong,
	"action": step.action.slug, "reach": _reach(is_wide, is_strong), "missing": _missing(step.action.slug, is_wide, is_strong),
} if {
	some step in input.steps
	step.action.slug in {"actions/create-github-app-token", "tibdex/github-app-token"}
	not _takes_no_list(step)
	not steps.is_off(step)
	is_wide := _is_for_every_repository(step)
	is_strong := _has_every_permission(step)
	true in {is_wide, is_strong}
}

# The first major version can be limited to one repository by `repository`, and nothing else; the action is archived, which is the finding.
_takes_no_list(step) if {
	step.action.slug == "tibdex/github-app-token"
	startswith(object.get(step.action, "version", ""), "v1")
}

# The owner makes it one for all repositories.
_field(step, true) := "with.owner" if steps.is_set(step, "owner")

_field(step, true) := "uses" if not steps.is_set(step, "owner")

_field(_, false) := "uses"

_reach(true, true) := "has every permission of the app, in every repository of the installation"

_reach(true, false) := "can access every repository of the installation"

_reach(false, true) := "has every permission of the app"

_missing("actions/create-github-app-token", true, true) := "Add `repositories`, and what the job needs, for example `permission-contents: write`"

_missing("actions/create-github-app-token", false, true) := "Add what the job needs, for example `permission-contents: write`"

_missing("tibdex/github-app-token", true, true) := "Add `repositories`, and what the job needs, for example `permissions: '{\"contents\": \"write\"}'`"

_missing("tibdex/github-app-token", false, true) := "Add what the job needs, for example `permissions: '{\"contents\": \"write\"}'`"

_missing(_, true, false) := "Add `repositories` with those that the job needs"

_is_for_every_repository(step) if {
	not steps.is_set(step, "repositories")
	_is_wide(step)
	not _is_of_organisation(step)
} else := false

# Rights over an organisation are those of no repository.
_is_of_organisation(step) if {
	asked := [key | some key, _ in step["with"]; startswith(lower(key), "permission-")]
	count(asked) > 0
	count([key | some key in asked; not _concerns_organisation(lower(key))]) == 0
}

_concerns_organisation(key) if startswith(key, "permission-organization-")

_concerns_organisation(key) if key in {"permission-members", "permission-team-discussions", "permission-enterprise-custom-properties-for-organizations"}

# The official action keeps to this repository unless it is given an owner.
_is_wide(step) if step.action.slug == "tibdex/github-app-token"

_is_wide(step) if steps.is_set(step, "owner")

_has_permissions(step) if {
	some key, _ in step["with"]
	startswith(lower(key), "permission")
}

_has_every_permission(step) if {
	not _has_permissions(step)
} else := false
