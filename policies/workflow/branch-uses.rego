# METADATA
# title: Action pinned to a branch
# description: |
#   A branch is whatever was pushed to it last: the job runs code that nobody has released, and one push to that repository reaches every job that uses
#   it. A tag at least moves only on purpose. For actions of the owner of the repository itself, and for `dtolnay/rust-toolchain`, whose branches are its
#   releases, this is advice.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   across_files: true
#   once_as_info: true
#   message: "`{uses}` {follows}"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Pin a full commit hash, that of a release if there is one, with the tag in a comment. For `dtolnay/rust-toolchain`, pin a commit of its branch
#     `master`, and set `toolchain` in `with`.
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
package rules.workflow["branch-uses"]

import data.lib.uses

# Once for each name in a file, at the first place.
deny contains {
	"at": reference.at, "field": "uses", "uses": reference.target, "follows": _follows(reference.action), "is_first_party": uses.is_first_party(reference.action),
	"advice": _advice(reference.action), "severity": _severity(reference.action),
} if {
	some reference in input.references
	reference.kind == "uses"
	uses.is_remote(reference.action)
	reference.action.ref_kind == "branch"
	not reference.action.needs_tag
	not reference.is_repeated
}

_severity(action) := "info" if {
	action.is_of_owner
} else := "info" if {
	action.is_toolchain
} else := "warning"

# A tag of that name is moved with each release, like a branch.
_follows(action) := "is a branch that moves with every Rust release" if {
	action.is_toolchain
	lower(action.ref) in {"stable", "beta", "nightly"}
} else := "is a branch or a tag that moves with each release" if {
	lower(action.ref) in {"latest", "stable", "release", "edge", "nightly"}
} else := "follows the default branch" if {
	action.ref == "HEAD"
} else := sprintf("follows the branch `%s`", [action.ref])

# Its releases are named by toolchains.
_advice(action) := sprintf("Pin a commit of its branch `master`, and set `toolchain: %s` in `with`", [action.ref]) if {
	action.is_toolchain
	not action.ref in {"master", "main", "clippy", "miri"}
} else := sprintf("Pin a commit of its branch `master`, and set `toolchain: nightly` and `components: %s` in `with`", [action.ref]) if {
	action.is_toolchain
	action.ref in {"clippy", "miri"}
} else := sprintf("Pin a commit of a release, and set `tool: %s` in `with`", [action.ref]) if {
	action.slug == "taiki-e/install-action"
	not action.ref in {"main", "master"}
} else := "Pin a commit hash; it has no releases" if {
	action.slug == "google/oss-fuzz"
} else := "Pin a commit hash, that of a release if there is one, with the tag in a comment"

