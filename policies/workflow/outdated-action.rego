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
#   message: "`{action}@{version}` is written for a Node.js version that runners no longer have"
#   remediation: "Update `{action}` to its newest major version."
#   aliases: []
package rules.workflow["outdated-action"]

deny contains {"at": reference.at, "field": "uses", "action": reference.action.full, "version": object.get(reference.action, "version", reference.action.ref)} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_outdated
	not reference.action.is_archived
	not reference.action.retired
}
