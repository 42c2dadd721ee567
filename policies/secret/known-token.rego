# METADATA
# title: Hard-coded token
# description: |
#   The text has the form of a real credential: a token, a private key, a password in an address or a connection string. Everyone who can read the
#   repository has it, and so does everyone who ever cloned it. Values that a build or a workflow fills in are not reported.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "{what}{place}{form}"
#   once_a_value: true
#   remediation: "{advice}."
#   how_to_fix: >-
#     Revoke a token, and read the new one from a secret store at run time. For a private key, generate a new pair, and keep the private key outside the
#     repository. For a password in a URL, change it, and pass the URL in an environment variable at run time, not in `ENV`.
#   aliases:
#     - {id: github-hardening:no-plaintext-secrets, when: is_in_workflow}
package rules.secret["known-token"]

deny contains {
	"at": secret.at, "what": _what(secret), "place": _place(secret), "form": _form(secret), "advice": _advice(secret),
	"is_in_workflow": secret.is_in_workflow, "severity": _severity(secret), "minor": _is_minor(secret),
} if {
	some secret in input.secrets
	secret.source == "text"
}

# Only what runs beside it reaches such a host: who has the password still needs a way in.
_severity(secret) := "warning" if {
	secret.is_for_neighbour
} else := "error"

# A Compose file starts the service that it hands the password to, and whoever runs the file sets both.
_is_minor(secret) if {
	secret.is_for_neighbour
	secret.is_in_compose
} else := false

_what(secret) := "private key" if secret.kind == "private key"

_what(secret) := sprintf("`%s`", [secret.shown]) if secret.kind != "private key"

_form(secret) := " in plain text" if secret.kind == "private key"

_form(secret) := sprintf(" looks like %s %s", [_article(secret.kind), secret.kind]) if secret.kind != "private key"

_place(secret) := "" if not secret.holder

_place(secret) := sprintf(" in %s `%s`", split(secret.holder, " ")) if secret.holder

_advice(secret) := "Generate a new key pair, and keep the private key outside the repository" if secret.kind == "private key"

_advice(secret) := sprintf("Change the password, and %s", [_elsewhere(secret)]) if {
	secret.kind in {"password in a URL", "credential in a connection string"}
	not secret.is_in_dockerfile
}

_elsewhere(secret) := "commit the Secret only encrypted (SOPS, Sealed Secrets) or by reference (External Secrets)" if {
	startswith(secret.holder, "Secret ")
} else := "move the address to a Secret that is not in the repository" if {
	startswith(secret.holder, "ConfigMap ")
} else := "take the address from a Secret that is not in the repository: `valueFrom: {secretKeyRef: …}`" if {
	split(secret.holder, " ")[0] in {"Pod", "Deployment", "StatefulSet", "DaemonSet", "ReplicaSet", "Job", "CronJob", "Rollout", "DeploymentConfig"}
} else := "read the address from an environment variable that is not committed"

# `ENV DATABASE_URL=…` is such a variable already, and stays in the image.
_advice(secret) := "Change the password, remove the address here, and pass it when the container starts: `docker run -e`" if {
	secret.kind in {"password in a URL", "credential in a connection string"}
	secret.is_in_dockerfile
}

_advice(secret) := "Revoke it, and read it from a secret store at run time" if not secret.kind in {"private key", "password in a URL", "credential in a connection string"}

_article(kind) := "an" if _begins_with_vowel(kind)

_article(kind) := "a" if not _begins_with_vowel(kind)

_begins_with_vowel(kind) if {
	some start in ["AWS", "Anthropic", "OpenAI", "age", "npm"]
	startswith(kind, start)
}
