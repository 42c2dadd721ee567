# METADATA
# title: Personal access token
# description: |
#   A personal access token has the rights of a person in all repositories, and lives on when the job is over. `GITHUB_TOKEN` is limited to this repository and
#   the job; the token of a GitHub App to what is asked for. Off by default: by the name of the secret alone.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "`{secret}` appears to be a personal access token"
#   remediation: "Use `GITHUB_TOKEN` with the `permissions` that the job needs, or the token of a GitHub App."
#   aliases:
#     - github-hardening:cross-repository-access
#   default: off
package rules.workflow["personal-access-token"]

deny contains {"at": expression.at, "about": expression.job, "secret": secret} if {
	some expression in input.expressions
	some secret in expression.secrets
	_is_personal(upper(secret))
}

_is_personal(name) if name in {"PAT", "GH_PAT", "GITHUB_PAT", "PERSONAL_ACCESS_TOKEN", "PERSONAL_TOKEN"}

_is_personal(name) if endswith(name, "_PAT")

_is_personal(name) if endswith(name, "PERSONAL_ACCESS_TOKEN")
