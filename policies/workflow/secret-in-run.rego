# METADATA
# title: Secret expanded into a script
# description: |
#   The secret is expanded before the script runs, so it is in the script on disk and in the arguments of the process, which every program on the runner
#   can list; a quote or a dollar sign in it breaks the script or is interpreted.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "secret `{secret}` is expanded into the script"
#   remediation: "{set}{read}."
#   aliases: [github-hardening:secrets-in-command-line, zizmor:template-injection]
package rules.workflow["secret-in-run"]

import data.lib.injections

# Once for each script and secret, at the first place.
deny contains {"at": expression.at, "secret": secret, "set": injections.setting(expression, context), "read": injections.reading(expression, context)} if {
	some expression in input.expressions
	expression.place == "run"
	some secret in expression.secrets
	context := concat("", ["secrets.", lower(secret)])
	not context in expression.repeated
}
