# METADATA
# title: Action for what the runner can do
# description: |
#   GitHub's runners have `gh`, `jq`, `rustup` and `docker`. An action that only calls one of them is one more account whose code runs with the token of
#   the job. Off by default: some do more than the command.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{action}` does what {instead} does in a script"
#   remediation: "Call {instead} in a step with `run`."
#   how_to_fix: >-
#     Call the program in a step with `run`: `gh release`, `gh pr create`, `gh pr comment`, `gh issue`, `docker run`, `jq` or `rustup`.
#   aliases:
#     - zizmor:superfluous-actions
#   default: off
#   profiles: [pedantic]
package rules.workflow["superfluous-action"]

_instead := {
	"ncipollo/release-action": "`gh release`",
	"softprops/action-gh-release": "`gh release`",
	"elgohr/github-release-action": "`gh release`",
	"svenstaro/upload-release-action": "`gh release upload`",
	"peter-evans/create-pull-request": "`gh pr create`",
	"peter-evans/create-or-update-comment": "`gh pr comment`",
	"dacbd/create-issue-action": "`gh issue create`",
	"actions-ecosystem/action-add-labels": "`gh issue edit --add-label`",
	"actions-ecosystem/action-remove-labels": "`gh issue edit --remove-label`",
	"addnab/docker-run-action": "`docker run`",
	"sergeysova/jq-action": "`jq`",
	"dtolnay/rust-toolchain": "`rustup`",
}

deny contains {"at": step.at, "field": "uses", "action": step.action.name, "instead": instead} if {
	some step in input.steps
	step.action.slug in {
		"ncipollo/release-action", "softprops/action-gh-release", "elgohr/github-release-action", "svenstaro/upload-release-action",
		"peter-evans/create-pull-request", "peter-evans/create-or-update-comment", "dacbd/create-issue-action",
		"actions-ecosystem/action-add-labels", "actions-ecosystem/action-remove-labels", "addnab/docker-run-action",
		"sergeysova/jq-action", "dtolnay/rust-toolchain",
	}
	instead := _instead[step.action.slug]
}
