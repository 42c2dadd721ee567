# METADATA
# title: Unmasked part of a secret
# description: |
#   GitHub masks a secret only as a whole. What is extracted from it with `fromJSON` is another text, and appears in the log unmasked.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "a value taken from `{text}` is not masked in logs"
#   remediation: Store each value as its own secret.
#   aliases: [zizmor:unredacted-secrets, codeql:UnmaskedSecretExposure, github-hardening:structured-secrets]
package rules.workflow["unredacted-secret"]

deny contains {"at": expression.at, "text": expression.text} if {
	some expression in input.expressions
	"fromjson" in expression.functions
	count(expression.secrets) > 0
	contains(replace(lower(expression.text), " ", ""), "fromjson(secrets.")
}
