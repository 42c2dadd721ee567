# METADATA
# title: Last USER is root
# description: |
#   For those who want no image to end as root: also one whose program begins as root to give it up by itself, as web servers and `supervisord` do, one
#   that starts nothing, and one that others are built on. Where a program surely runs as root for no such reason, `dockerfile/root-user` says so.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   default: off
#   implied_by: [dockerfile/root-user]
#   message: "the last `USER` of the final stage is `{user}`"
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
package rules.dockerfile["any-root-user"]

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user} if {
	some stage in input.stages
	stage.is_root
	not stage.is_windows
	stage.is_final
}
