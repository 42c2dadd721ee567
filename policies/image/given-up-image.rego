# METADATA
# title: Discontinued image
# description: |
#   The image was given up by those who made it, and gets no fixes, also for holes that everybody knows by then. The images are those that `data/given-up-
#   images.tsv` lists.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "`{image}` has not been maintained since {since}{instead}"
#   remediation: "{advice}"
package rules.image["given-up-image"]

deny contains {"at": image.at, "field": image.field, "image": _name(image), "since": image.given_up, "instead": _instead(image), "advice": _advice(image)} if {
	some image in input.images
	image.given_up
	not image.is_built
}

_instead(image) := concat("", ["; `", image.successor, "` took its place"]) if image.successor

_name(image) := concat("/", [image.registry, image.repository]) if image.registry

_name(image) := image.repository if not image.registry

_instead(image) := "" if not image.successor

_advice(image) := sprintf("Use `%s`.", [image.successor]) if image.successor

_advice(image) := "Move to a maintained image." if not image.successor
