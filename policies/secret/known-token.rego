# METADATA
# title: Token in the text
# description: |
#   The value has the form of a real credential. Whoever reads the repository has it, and so has everybody who
#   ever cloned it.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{name}` holds a {kind} (`{shown}`)"
#   remediation: "Revoke it, then read it from a secret store at run time."
#   aliases:
#     - github-hardening:no-plaintext-secrets
package rules.secret["known-token"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "kind": variable.secret_kind, "shown": variable.shown} if {
	some variable in input.variables
	variable.secret_kind
}
