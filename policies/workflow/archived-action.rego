# METADATA
# title: Archived action
# description: |
#   The repository of the action is archived: nobody fixes vulnerabilities in it, or updates it for the next Node.js version of the runners.
# related_resources:
#   - https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   once_a_message: true
#   message: "`{action}` is archived: it gets no more fixes"
#   remediation: "{advice}."
#   how_to_fix: >-
#     Use its maintained successor, such as `ruby/setup-ruby` for `actions/setup-ruby`, or write the step as a script: `gh release create` for
#     `actions/create-release`, `rustup` and `cargo` for `actions-rs`.
#   aliases: [zizmor:archived-uses]
package rules.workflow["archived-action"]

deny contains {"at": reference.at, "field": "uses", "action": _written(reference), "advice": _advice(reference.action.slug)} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_archived
}

# As the file spells it.
_written(reference) := split(reference.target, "@")[0]

_advice(slug) := sprintf("Write the step as a script: %s", [_command[slug]]) if {
	_command[slug]
} else := sprintf("Use `%s` instead", [_successor[slug]]) if {
	_successor[slug]
} else := "Move to an action that is maintained, or write the step as a script"

# Commands that are on every hosted runner.
_command := {
	"actions/create-release": "`gh release create`",
	"actions/upload-release-asset": "`gh release upload`",
	"repo-sync/pull-request": "`gh pr create`",
	"actions-rs/cargo": "`cargo` with the same arguments",
	"actions-rs/toolchain": "`rustup toolchain install`",
	"actions-rs/install": "`cargo install --locked`",
	"actions-rs/clippy-check": "`cargo clippy`",
}

# Actions that took over, by the words of the archived ones.
_successor := {
	"actions/setup-ruby": "ruby/setup-ruby",
	"tibdex/github-app-token": "actions/create-github-app-token",
	"actions/setup-elixir": "erlef/setup-beam",
	"gradle/gradle-build-action": "gradle/actions/setup-gradle",
	"sonarsource/sonarcloud-github-action": "SonarSource/sonarqube-scan-action",
	"actions-rs/audit-check": "rustsec/audit-check",
	"haskell/actions": "haskell-actions/setup",
}
