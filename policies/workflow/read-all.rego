# METADATA
# title: Read access to everything
# description: |
#   `read-all` lets every step read what the repository does not publish: alerts, drafts, packages of private repositories. Most jobs need no more than
#   `contents: read`.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`permissions: read-all` grants read access to every scope"
#   remediation: "List the scopes that are read, such as `contents: read`."
#   aliases: [zizmor:excessive-permissions, ghalint:deny_read_all_permission]
#   default: off
#   profiles: [pedantic]
package rules.workflow["read-all"]

import data.lib.permissions

deny contains {"at": permission.at, "field": permission.field} if {
	some permission in input.permissions
	permission.is_all
	permission.scope == "read-all"
	permissions.is_taken(permission)
}
