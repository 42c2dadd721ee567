# METADATA
# title: Build stage ends as root
# description: |
#   A stage that is built by itself, with `--target`, runs as its last `USER`. Where images are made of other stages than the last, none should end as
#   root.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "the stage ends as `{user}`"
#   remediation: End the stage with `USER` and an unprivileged user.
#   default: off
#   profiles: [pedantic]
#   aliases:
#     - hadolint:DL3002
package rules.dockerfile["root-build-stage"]

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user} if {
	some stage in input.stages
	not stage.is_final
	stage.is_root
	stage.sets_user
	not stage.is_windows
	not stage.user_at in _last
}

# The last stage may end as what it builds on, which is another rule's matter.
_last contains stage.user_at if {
	some stage in input.stages
	stage.is_final
	stage.user_at
}
