# METADATA
# title: Credential from a build argument
# description: |
#   The value of a build argument stays in the image history and in the provenance of the build.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{keyword} {name}` takes a credential from the build, {effect}"
#   remediation: Use `RUN --mount=type=secret`.
#   aliases:
#     - hadolint:DL3064
#     - buildkit:SecretsUsedInArgOrEnv
#     - trivy:DS-0031
#     - semgrep:secret-in-build-arg
package rules.dockerfile["secret-argument"]

deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "keyword": "ARG", "effect": _effect(variable), "severity": "info"} if {
	some variable in input.variables
	variable.source == "arg"
	variable.looks_secret_name
	not variable.looks_like_password
	not variable.is_global
	not _is_kept(variable)
}

# The history of an image holds the arguments of its own stages only.
_effect(argument) := "whose value stays in the image history" if _is_in_image(argument)

_effect(argument) := "whose value stays in the build cache and in provenance of mode `max`" if not _is_in_image(argument)

_is_in_image(argument) if {
	some stage in input.index.stages_by_lineage[argument.stage]
	stage.is_final
}

_is_in_image(argument) if {
	some stage in input.index.stages_by_at[argument.stage]
	stage.is_target
}

# The ENV that keeps it says more.
_is_kept(argument) if {
	some variable in input.index.variables_by_document[argument.document]
	variable.source == "env"
	variable.looks_secret_name
	argument.name in variable.reads
}

_kept(variable) := "which stays in the image history, though a later `ENV` empties it" if {
	_is_emptied(variable)
} else := "which every container of the image has in its environment"

_is_emptied(variable) if {
	some other in input.index.variables_by_document[variable.document]
	other.source == "env"
	other.name == variable.name
	object.get(other, "value", "?") == ""
}

# An argument that `ENV` keeps in the image.
deny contains {"at": variable.at, "field": variable.field, "name": variable.name, "keyword": "ENV", "effect": _kept(variable), "severity": "warning"} if {
	some variable in input.variables
	variable.source == "env"
	variable.is_expansion
	variable.looks_secret_name
	not variable.looks_like_password
	some argument in input.index.variables_by_document[variable.document]
	argument.source == "arg"
	argument.name in variable.reads
}
