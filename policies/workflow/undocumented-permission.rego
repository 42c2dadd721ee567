# METADATA
# title: Permission without a reason
# description: |
#   A comment beside a permission says what it is for, so that a reviewer can tell whether it is still needed. `contents: read` needs none. Off by
#   default: it is a matter of taste.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "no comment says what `{scope}: {level}` is for"
#   remediation: "Add a comment behind it, such as `# to comment on pull requests`."
#   aliases:
#     - zizmor:undocumented-permissions
#   default: off
#   profiles: [pedantic]
package rules.workflow["undocumented-permission"]

deny contains {"at": permission.at, "field": permission.field, "scope": permission.scope, "level": permission.level} if {
	some permission in input.permissions
	not permission.is_all
	permission.level in {"read", "write"}
	not permission.comment
	not _is_usual(permission)
}

_is_usual(permission) if {
	permission.scope == "contents"
	permission.level == "read"
}
