# METADATA
# title: Image that nobody renews
# description: |
#   The image was given up by those who made it, and gets no fixes, also for holes that everybody knows by then. The images are those that `data/given-up-
#   images.tsv` lists.
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "nobody has renewed `{image}` since {since}{instead}"
#   remediation: "Move to the image that took its place."
package rules.image["given-up-image"]

deny contains {"at": image.at, "field": image.field, "image": _name(image), "since": image.given_up, "instead": _instead(image)} if {
	some image in input.images
	image.given_up
}

_instead(image) := concat("", ["; `", image.successor, "` took its place"]) if image.successor

_name(image) := concat("/", [image.registry, image.repository]) if image.registry

_name(image) := image.repository if not image.registry

_instead(image) := "" if not image.successor
