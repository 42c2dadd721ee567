# METADATA
# title: Part of a secret that is not masked
# description: |
#   GitHub masks a secret where it appears as a whole. What is taken out of it with `fromJSON` is
#   another text, and stands in the log as it is.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "what is taken out of `{text}` is not masked"
#   remediation: Keep each value as a secret of its own.
#   aliases: [zizmor:unredacted-secrets, codeql:UnmaskedSecretExposure]
package rules.workflow["unredacted-secret"]

deny contains {"at": expression.at, "text": expression.text} if {
	some expression in input.expressions
	"fromjson" in expression.functions
	count(expression.secrets) > 0
	contains(replace(lower(expression.text), " ", ""), "fromjson(secrets.")
}
