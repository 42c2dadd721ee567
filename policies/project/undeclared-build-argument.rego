# METADATA
# title: Undeclared build argument
# description: |
#   The builder ignores an argument that no `ARG` declares, with a warning at most: the value has no effect.
# custom:
#   severity: warning
#   confidence: high
#   category: correctness
#   message: "`{dockerfile}` does not declare `ARG {name}`, so the build ignores the value"
#   remediation: "Declare `ARG {name}` in the stage that uses it, or stop passing it."
#   default: off
#   profiles: [pedantic]
package rules.project["undeclared-build-argument"]

deny contains {"at": build.at, "field": argument.field, "name": argument.name, "dockerfile": build.dockerfile} if {
	some build in input.builds
	some argument in build.arguments
	not _is_predefined(upper(argument.name))
	some document in input.index.documents_by_path[build.dockerfile]
	document.kind == "dockerfile"
	not [document.at, argument.name] in _declared
}

_declared contains [variable.document, variable.name] if {
	some variable in input.variables
	variable.source == "arg"
}

_is_predefined(name) if startswith(name, "BUILDKIT_")

_is_predefined(name) if endswith(name, "_PROXY")

_is_predefined(name) if name == "SOURCE_DATE_EPOCH"
