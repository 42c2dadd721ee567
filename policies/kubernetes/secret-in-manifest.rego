# METADATA
# title: Credential in a committed Secret
# description: |
#   A Secret is only as secret as the file it is written in: `stringData` is plain text, and Base64 is an encoding that everybody
#   can undo. Whoever reads the repository has the credential, and so has everybody who ever cloned it.
# related_resources:
#   - https://kubernetes.io/docs/concepts/configuration/secret/
#   - https://kubernetes.io/docs/concepts/security/secrets-good-practices/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{name}` of a Secret looks like a credential; anyone who can read the repository can read it"
#   once_a_value: true
#   remediation: "Change the credential, and commit it only encrypted (SOPS, Sealed Secrets) or by reference (External Secrets)."
#   once: true
package rules.kubernetes["secret-in-manifest"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "about": variable.document} if {
	some variable in input.variables
	variable.source == "secret"
	variable.looks_secret_name
	variable.looks_like_password
	not variable.is_well_known
	not variable.is_demonstration
}
