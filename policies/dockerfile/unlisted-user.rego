# METADATA
# title: User not allowed by the project
# description: |
#   Volumes, sockets and cluster policies are set up for certain users. An image that ends as another user may lack access to its own files, or have
#   access that was meant for something else. The user is that of the last `USER` in the final stage or in the stages it builds on; a group is not
#   checked.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "the image runs as `{user}`, which is not one of {users}"
#   remediation: End with one of the users in the setting `users`, or add this one to it.
#   settings:
#     users:
#       type: list
#       default: []
#       needed: true
#       description: "The users as which an image may end, by name or number, without a group."
package rules.dockerfile["unlisted-user"]

_users := input.settings["dockerfile/unlisted-user"].users

deny contains {"at": stage.user_at, "field": "arguments.0", "user": stage.user, "users": concat(", ", _users)} if {
	some stage in input.stages
	stage.is_final
	stage.user_set
	stage.user
	not stage.user in _users
}
