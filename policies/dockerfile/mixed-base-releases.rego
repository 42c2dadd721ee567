# METADATA
# title: Inconsistent base image versions
# description: |
#   What one stage builds runs in another stage on a different release: a library, a language or an interface may differ between the two.
# custom:
#   severity: info
#   confidence: medium
#   category: reproducibility
#   message: "`{image}` here, but `{other}` in an earlier stage"
#   remediation: Write the version once, in an `ARG` above the first `FROM`.
#   default: off
#   profiles: [pedantic]
package rules.dockerfile["mixed-base-releases"]

deny contains {"at": image.at, "field": image.field, "image": image.text, "other": other.text, "related": [{"at": other.at, "field": other.field, "message": "the other release"}]} if {
	some image in input.images
	image.role == "base"
	release := _release(image)
	some stage in input.index.stages_by_at[image.stage]
	images := input.index.images_by_document[image.document]
	count(images) < 200
	some other in images
	other.role == "base"
	other.repository == image.repository
	object.get(other, "registry", "") == object.get(image, "registry", "")
	_release(other) != release
	some earlier in input.index.stages_by_at[other.stage]
	earlier.number < stage.number
}

_release(image) := split(image.tag, "-")[0] if {
	image.tag
	trim(split(image.tag, "-")[0], "v0123456789.") == ""
}
