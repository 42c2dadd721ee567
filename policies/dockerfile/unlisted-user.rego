# METADATA
# title: User not allowed by the project
# description: |
#   Volumes, sockets and policies of a cluster are made for certain users. An image that ends as another one may start
#   without the right to its own files, or with rights that were meant for something else.
#   The user that counts is the last one that the final stage, or a stage it builds on, sets; a group does not.
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
