# METADATA
# title: Hard-coded credential in ENV or ARG
# description: |
#   Values of `ENV` and `ARG` stay in the image or its history, where everyone who can pull the image can read them.
# related_resources:
#   - https://docs.docker.com/build/building/secrets/
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "the value of `{name}` looks like a credential; everybody who pulls the image can read it"
#   remediation: Remove the value; a `RUN` that needs it gets it with `--mount=type=secret`, and the program gets it when the container starts.
#   aliases:
#     - hadolint:DL3064
#     - trivy:DS-0031
#     - buildkit:SecretsUsedInArgOrEnv
#     - kics:secrets_stored_in_dockerfile
#     - semgrep:secret-in-build-arg
#     - dockle:CIS-DI-0010
#     - cis-docker:4.10
package rules.dockerfile["secret-in-build"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name} if {
	some variable in input.variables
	variable.source in {"env", "arg"}
	variable.looks_secret_name
	variable.has_value
	variable.looks_like_password
}
