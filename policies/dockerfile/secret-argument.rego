# METADATA
# title: Build argument for a credential
# description: |
#   The value of a build argument stays in the history of the image and in the provenance of the build.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`ARG {name}` takes a credential, whose value stays in the image history"
#   remediation: Use `RUN --mount=type=secret`.
#   aliases:
#     - hadolint:DL3064
#     - buildkit:SecretsUsedInArgOrEnv
#     - trivy:DS-0031
#     - semgrep:secret-in-build-arg
package rules.dockerfile["secret-argument"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name} if {
	some variable in input.variables
	variable.source == "arg"
	variable.looks_secret_name
	not variable.looks_like_password
}
