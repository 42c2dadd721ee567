# METADATA
# title: Hard-coded token
# description: |
#   The text has the form of a real credential: a token, a private key, a password in an address or a connection string. Everyone who can read the
#   repository has it, and so does everyone who ever cloned it. Values that a build or a workflow fills in are not reported.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{shown}` looks like a {kind}"
#   remediation: Revoke it, and read it from a secret store at run time.
#   aliases:
#     - {id: github-hardening:no-plaintext-secrets, when: is_in_workflow}
package rules.secret["known-token"]

deny contains {"at": secret.at, "kind": secret.kind, "shown": secret.shown, "is_in_workflow": secret.is_in_workflow} if {
	some secret in input.secrets
	secret.source == "text"
}
