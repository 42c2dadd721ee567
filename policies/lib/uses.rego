# Questions about what `uses` names.
package lib.uses

# Whether it is code from elsewhere, and known.
is_remote(action) if {
	action.is_known
	not action.ref_kind in {"local", "docker"}
}

# Whether GitHub itself keeps the action.
is_first_party(action) if action.owner in {"actions", "github"}

# The peers' ids that an action without a commit hash satisfies.
unpinned_aliases(reference) := ["zizmor:unpinned-uses", "actionlint-fork:require-commit-hash/unpinned", "ghalint:action_ref_should_be_full_length_commit_sha", "scorecard:Pinned-Dependencies", "scorecard:pinsDependencies", "kics:555ab8f9-2001-455e-a077-f2d0f41e2fb9", "kics:unpinned_actions_full_length_commit_sha", "codeql:UnpinnedActionsTag", "semgrep:third-party-action-not-pinned-to-commit-sha", "github-hardening:pin-actions"] if {
	not is_first_party(reference.action)
}

unpinned_aliases(reference) := ["zizmor:unpinned-uses", "actionlint-fork:require-commit-hash/unpinned", "ghalint:action_ref_should_be_full_length_commit_sha", "scorecard:Pinned-Dependencies", "scorecard:pinsDependencies", "github-hardening:pin-actions"] if {
	is_first_party(reference.action)
}
