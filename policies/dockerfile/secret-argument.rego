# METADATA
# title: Credential from a build argument
# description: |
#   The value of a build argument stays in the image history and in the provenance of the build.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{keyword} {name}` takes a credential from the build, whose value stays in the image history"
#   remediation: Use `RUN --mount=type=secret`.
#   aliases:
#     - hadolint:DL3064
#     - buildkit:SecretsUsedInArgOrEnv
#     - trivy:DS-0031
#     - semgrep:secret-in-build-arg
package rules.dockerfile["secret-argument"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "keyword": "ARG"} if {
	some variable in input.variables
	variable.source == "arg"
	variable.looks_secret_name
	not variable.looks_like_password
}

# An argument under another name, which `ENV` keeps in the image.
deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "keyword": "ENV"} if {
	some variable in input.variables
	variable.source == "env"
	variable.is_expansion
	variable.looks_secret_name
	not variable.looks_like_password
	some argument in input.index.variables_by_document[variable.document]
	argument.source == "arg"
	not argument.looks_secret_name
	argument.name in variable.reads
}
