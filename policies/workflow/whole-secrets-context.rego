# METADATA
# title: Access to all secrets
# description: |
#   `toJSON(secrets)` and `secrets[name]` with a computed name put every secret into the memory of the job, including those it does not use, and GitHub
#   cannot tell afterwards which were exposed.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "{problem}"
#   remediation: Name the secrets that are needed.
#   aliases: [zizmor:overprovisioned-secrets, poutine:job_all_secrets, codeql:ExcessiveSecretsExposure]
#   implied_by: [workflow/secrets-sent-away]
package rules.workflow["whole-secrets-context"]

deny contains {"at": expression.at, "problem": sprintf("`%s` reads every secret", [expression.text])} if {
	some expression in input.expressions
	expression.reads_all_secrets
	not _is_by_name(expression)
}

# One is read, and which of them is known only when the job has them all.
deny contains {"at": expression.at, "problem": sprintf("`%s` has a computed name, so the job is given every secret", [expression.text]), "severity": "info"} if {
	some expression in input.expressions
	expression.reads_all_secrets
	_is_by_name(expression)
}

_is_by_name(expression) if {
	contains(lower(expression.text), "secrets[")
	not contains(lower(expression.text), "tojson(secrets)")
}
