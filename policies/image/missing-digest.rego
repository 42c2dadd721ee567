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
#     - ghalint:action_ref_should_be_full_length_commit_sha
#     - scorecard:Pinned-Dependencies
#     - poutine:unpinnable_action
#   default: off
#   profiles: [pedantic]
package rules.image["missing-digest"]

deny contains {"at": image.at, "field": image.field, "image": image.text, "aliases": _aliases[image.role]} if {
	some image in input.images
	not image.has_digest
	image.is_valid
	image.repository
	image.text != "auto"
}

# What the peers call it where it stands.
_aliases := {
	"base": _dockerfile,
	"copy": _dockerfile,
	"mount": _dockerfile,
	"container": _manifest,
	"init": _manifest,
	"ephemeral": _manifest,
	"compose": _manifest,
	"job-container": ["zizmor:unpinned-images", "scorecard:Pinned-Dependencies"],
	"service": ["zizmor:unpinned-images", "scorecard:Pinned-Dependencies"],
	"action": ["zizmor:unpinned-images", "poutine:unpinnable_action"],
	"step": ["zizmor:unpinned-images", "ghalint:action_ref_should_be_full_length_commit_sha", "scorecard:Pinned-Dependencies", "poutine:unpinnable_action"],
}

_dockerfile := ["semgrep:dockerfile-source-not-pinned", "scorecard:Pinned-Dependencies", "poutine:unpinnable_action"]

_manifest := ["checkov:CKV_K8S_43", "kics:image-without-digest"]
