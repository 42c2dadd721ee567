# METADATA
# title: Image runs as root
# description: |
#   The program runs as root: an attacker who takes it over controls the whole container, and is one step closer to root on the host.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   across_files: true
#   message: "the image runs as `{user}`: {place}"
#   remediation: Do what needs root before it, and end with `USER` and an unprivileged user.
#   aliases:
#     - hadolint:DL3002
#     - {id: hadolint:DL3066, when: {user: root}}
#     - trivy:DS-0002
#     - {id: checkov:CKV_DOCKER_8, when: {user: root}}
#     - kics:last_user_is_root
#     - semgrep:last-user-is-root
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
package rules.dockerfile["root-user"]

import data.lib.stages

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user, "place": _place(stage), "severity": _severity(stage)} if {
	some stage in input.stages
	stage.is_root
	not stage.is_windows
	not stages.steps_down(stage)
	not stage.script_steps_down
	stage.is_final
	not stages.is_for_builders(stage)
	not contains(stage.path, ".devcontainer")
	not stages.gives_up_root(stage)
	not _is_of_the_builder(stage)
}

# On a base that runs as root anyway, and with no program of its own, `USER` changes nothing, and takes back what steps before it chose.
_is_of_the_builder(stage) if {
	stages.starts_nothing(stage)
	not stage.base_is_nonroot
}

_place(stage) := "the last `USER` of the final stage is root" if stage.sets_user

_place(stage) := sprintf("the final stage inherits `USER %s` from %s", [stage.user, _origin(stage)]) if not stage.sets_user

_origin(stage) := sprintf("stage `%s`", [names[0]]) if {
	names := [other.name |
		some at in stage.lineage
		some other in input.index.stages_by_at[at]
		other.sets_user
		other.name
	]
	count(names) > 0
} else := "a stage that it builds on"

# A stage that others build on does as root what they need, and each may choose its own user.
_severity(stage) := "warning" if {
	_goes_back(stage)
	stage.sets_user
} else := "info"

# Another user was chosen before it, and is not chosen again.
_goes_back(stage) if {
	some at in stage.lineage
	some other in input.index.instructions_by_stage[at]
	other.keyword == "USER"
	not other.user in {"root", "0", ""}
	not startswith(other.user, "root:")
	not startswith(other.user, "0:")
}

_goes_back(stage) if stage.base_is_nonroot
