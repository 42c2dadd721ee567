# METADATA
# title: Outdated action version
# description: |
#   This release is written for Node.js 12, 16 or 20, which GitHub's runners no longer have. They run it with a newer version that its authors never
#   tested, and its major version gets no fixes. Pinning its commit does not change that. What is written for Node.js 20 mostly works with 24.
# related_resources:
#   - https://github.blog/changelog/2024-09-25-end-of-life-for-actions-node16/
#   - https://github.blog/changelog/2025-09-19-deprecation-of-node-20-on-github-actions-runners/
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "{release} targets {target}, which runners no longer have; they run it on a newer version"
#   remediation: "Update `{action}` to {newer}."
#   how_to_fix: >-
#     Update the action to the next major version that targets a supported Node.js, or to a later one. With a commit hash, pin the commit of such a
#     release.
#   aliases:
#     - {id: actionlint:action/outdated-runner, when: is_old}
#     - {id: actionlint-fork:action/outdated-runner, when: is_old}
#     - {id: actionlint-fork:action/deprecated-runtime, unless: is_old}
#   across_files: true
#   implied_by: [project/contradicting-version-comments, workflow/known-vulnerable-action]
package rules.workflow["outdated-action"]

deny contains {"at": reference.at, "field": "uses", "action": reference.action.name, "release": _release(reference.action), "target": _target(reference.action), "newer": _newer(reference.action), "severity": _severity(reference.action), "is_old": _is_old(reference.action)} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_outdated
	not reference.action.is_archived
	not reference.action.is_own
	not reference.action.retired
}

_severity(action) := "info" if {
	action.node == "20"
} else := "warning"

# Runners have had none of 12 and 16 for years.
_is_old(action) if {
	not action.node == "20"
} else := false

_target(action) := sprintf("Node.js %s", [action.node]) if {
	action.node
} else := "Node.js 12 or 16"

# A commit hash and the release that its comment names, or the tag.
_release(action) := sprintf("`%s` %s", [action.name, action.version]) if {
	action.ref_kind == "sha"
	action.version
} else := sprintf("`%s@%s`", [action.name, action.ref])

_newer(action) := sprintf("`%s` or a later major version", [action.next_major]) if {
	action.next_major
} else := "its newest major version"
