# METADATA
# title: Full base image in the final stage
# description: |
#   The full variants include compilers, headers and version control that only a build needs: ten times the size, and more tools for an attacker.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`{image}` includes build tools; there is a `{variant}` variant"
#   remediation: Build on the full variant, and copy the result onto the smaller one.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["full-base-image"]

deny contains {"at": image.at, "field": image.field, "image": concat(":", [image.repository, object.get(image, "tag", "latest")]), "variant": variant} if {
	some image in input.images
	image.role == "base"
	variant := _variants[image.repository]
	not image.has_registry
	_is_full(image)
	some stage in input.index.stages_by_lineage[image.stage]
	stage.is_final
}

_is_full(image) if {
	every part in split(object.get(image, "tag", "latest"), "-") {
		not _is_small(part)
	}
	image.is_known
}

_is_small(part) if {
	some name in ["slim", "alpine", "jre", "windows", "nanoserver", "servercore"]
	startswith(part, name)
}

_variants := {
	"node": "slim", "python": "slim", "ruby": "slim", "perl": "slim", "rust": "slim", "php": "alpine",
	"eclipse-temurin": "jre", "pypy": "slim", "erlang": "slim", "elixir": "slim",
}
