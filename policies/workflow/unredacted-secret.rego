# METADATA
# title: Unmasked part of a secret
# description: |
#   GitHub masks a secret where it appears as a whole. What is taken out of it with `fromJSON` is
#   another text, and stands in the log as it is.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "a value taken from `{text}` is not masked in logs"
#   remediation: Store each value as its own secret.
#   aliases: [zizmor:unredacted-secrets, codeql:UnmaskedSecretExposure]
package rules.workflow["unredacted-secret"]

deny contains {"at": expression.at, "text": expression.text} if {
	some expression in input.expressions
	"fromjson" in expression.functions
	count(expression.secrets) > 0
	contains(replace(lower(expression.text), " ", ""), "fromjson(secrets.")
}
