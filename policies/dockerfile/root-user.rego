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

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user} if {
	some stage in input.stages
	stage.is_root
	not stage.is_windows
	not stages.steps_down(stage)
	_matters(stage)
}

_matters(stage) if stage.is_final
