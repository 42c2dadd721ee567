# METADATA
# title: Image without a digest
# description: |
#   A tag can be moved to another image; a digest names one image for ever. Pin digests where a bot keeps them
#   fresh.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "image `{image}` is not pinned by a digest"
#   remediation: "Add `@sha256:…`, and let a bot renew it."
#   aliases:
#     - semgrep:dockerfile-source-not-pinned
#     - checkov:CKV_K8S_43
#     - kics:image-without-digest
#     - zizmor:unpinned-images
#     - ghalint:deny_job_container_latest_image
#     - scorecard:Pinned-Dependencies
#     - poutine:unpinnable_action
#   default: off
#   profiles: [pedantic]
package rules.image["missing-digest"]

deny contains {"at": image.at, "field": image.field, "image": image.text} if {
	some image in input.images
	not image.has_digest
	image.is_valid
	image.repository
	image.text != "auto"
}
