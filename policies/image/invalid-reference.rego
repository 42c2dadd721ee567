# METADATA
# title: Invalid image reference
# description: |
#   The builder, the API server or the kubelet refuses it: names are in lower case, a tag has letters, digits, `_`, `.` and `-`, a digest is complete, and
#   there are no spaces around it.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "the image reference {image}{problem}"
#   remediation: "Write `registry/name:tag`; the name is in lower case."
#   aliases:
#     - dockerfile-utils:INVALID_REFERENCE_FORMAT
#     - dockerfile-utils:NO_SOURCE_IMAGE
#   implied_by: [kubernetes/empty-image, workflow/invalid-uses]
package rules.image["invalid-reference"]

deny contains {"at": image.at, "field": image.field, "image": _shown(image.text), "problem": image.problem} if {
	some image in input.images
	image.is_known
	not image.is_valid
	not _is_none(image)
}

# A job whose container is empty runs on the runner itself.
_is_none(image) if {
	image.text == ""
	image.role in {"job-container", "service"}
}

_shown("") := ""

_shown(text) := sprintf("`%s` ", [text]) if text != ""
