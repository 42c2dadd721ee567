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
#   message: "the image runs as `{user}`: the last `USER` of the final stage is root"
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

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user, "severity": _severity(stage)} if {
	some stage in input.stages
	stage.is_root
	not stage.is_windows
	not stages.steps_down(stage)
	stage.is_final
	not _is_base(stage)
}

# What other images are built on ends as root for them, and they say who runs.
_is_base(stage) if {
	some part in split(lower(object.get(stage, "likely_name", "")), "-")
	part in {"base", "builder", "buildbase", "baseimage"}
}

_severity(stage) := "info" if _is_for_developers(stage)

_severity(stage) := "warning" if not _is_for_developers(stage)

# A container to work in, or an image that starts nothing.
_is_for_developers(stage) if contains(stage.path, ".devcontainer")

_is_for_developers(stage) if {
	stage.base_is_root
	not _starts(stage)
}

_starts(stage) if {
	some at in stage.lineage
	some own in input.index.stages_by_at[at]
	count(own.cmds) + count(own.entrypoints) > 0
}
