# METADATA
# title: Discontinued image
# description: |
#   The maintainers of the image have discontinued it: it gets no fixes, not even for publicly known vulnerabilities. The images are those in
#   `data/given-up-images.tsv`.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{image}` has not been maintained since {since}{instead}"
#   remediation: Move to a maintained image.
package rules.image["given-up-image"]

deny contains {"at": image.at, "field": image.field, "image": _name(image), "since": image.given_up, "instead": _instead(image)} if {
	some image in input.images
	image.given_up
}

_instead(image) := concat("", ["; `", image.successor, "` took its place"]) if image.successor

_name(image) := concat("/", [image.registry, image.repository]) if image.registry

_name(image) := image.repository if not image.registry

_instead(image) := "" if not image.successor
