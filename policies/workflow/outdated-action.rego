# METADATA
# title: Outdated action version
# description: |
#   This release is written for Node.js 12 or 16, which GitHub's runners no longer have. They run it with a newer version that its authors never tested,
#   and its major version gets no fixes. Pinning its commit does not change that.
# related_resources:
#   - https://github.blog/changelog/2024-09-25-end-of-life-for-actions-node16/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{action}@{version}` targets {target}, which runners have removed; it is run on a newer version it was not tested with"
#   remediation: "Update `{action}` to {newer}."
#   aliases: []
package rules.workflow["outdated-action"]

deny contains {"at": reference.at, "field": "uses", "action": reference.action.name, "version": object.get(reference.action, "version", reference.action.ref), "target": _target(reference.action), "newer": _newer(reference.action)} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_outdated
	not reference.action.is_archived
	not reference.action.retired
}

_target(action) := sprintf("Node.js %s", [action.node]) if {
	action.node
} else := "a version of Node.js"

_newer(action) := sprintf("`%s` or a later major version", [action.next_major]) if {
	action.next_major
} else := "its newest major version"
