# METADATA
# title: Unpinned action reference
# description: |
#   A tag can be moved to other code at any time, by its owner or by whoever takes over the account; the job then runs that code with its token and
#   secrets. Only a full commit hash always refers to the same code. For actions of GitHub itself, which runs the job anyway,
#   and of the owner of the repository, this is advice.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{uses}` is pinned to a tag, which can be moved"
#   remediation: Pin the commit hash of the tag, with the tag in a comment.
#   aliases:
#     - zizmor:unpinned-uses
#     - actionlint-fork:require-commit-hash/unpinned
#     - ghalint:action_ref_should_be_full_length_commit_sha
#     - scorecard:Pinned-Dependencies
#     - scorecard:pinsDependencies
#     - unless: is_first_party
#       ids:
#         - kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9
#         - kics:unpinned_actions_full_length_commit_sha
#         - codeql:UnpinnedActionsTag
#         - semgrep:third-party-action-not-pinned-to-commit-sha
#     - github-hardening:pin-actions
#   implied_by: [workflow/retired-action, workflow/archived-action, workflow/invalid-uses, workflow/known-vulnerable-action]
#   across_files: true
package rules.workflow["unpinned-uses"]

import data.lib.uses

# Once for each name in a file, at the first place.
deny contains {"at": reference.at, "field": "uses", "uses": reference.target, "is_first_party": uses.is_first_party(reference.action), "severity": _severity(reference.action)} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_known
	reference.action.ref_kind in {"tag", "none"}
	not reference.action.needs_tag
	not reference.action.is_own
	not reference.is_repeated
}

_severity(action) := "info" if {
	uses.is_first_party(action)
} else := "info" if {
	action.is_of_owner
} else := "warning"
