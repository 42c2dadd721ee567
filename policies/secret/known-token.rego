# METADATA
# title: Hard-coded token
# description: |
#   The value has the form of a real credential. Whoever reads the repository has it, and so has everybody who
#   ever cloned it.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{name}` contains what looks like a {kind} (`{shown}`)"
#   remediation: Revoke it, and read it from a secret store at run time.
#   aliases:
#     - github-hardening:no-plaintext-secrets
package rules.secret["known-token"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "kind": variable.secret_kind, "shown": variable.shown} if {
	some variable in input.variables
	variable.secret_kind
}
