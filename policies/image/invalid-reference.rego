# METADATA
# title: Invalid image reference
# description: |
#   The builder or the kubelet refuses this name: names are lower case, a tag has letters, digits, `_`, `.` and
#   `-`, a digest is complete.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`{image}` is not a valid image reference"
#   remediation: "Write `registry/name:tag`; the name is in lower case."
#   aliases:
#     - dockerfile-utils:INVALID_REFERENCE_FORMAT
#     - dockerfile-utils:NO_SOURCE_IMAGE
package rules.image["invalid-reference"]

deny contains {"at": image.at, "field": image.field, "image": image.text} if {
	some image in input.images
	image.is_known
	not image.is_valid
}
