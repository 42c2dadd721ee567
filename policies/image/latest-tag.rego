# METADATA
# title: Image with the latest tag
# description: |
#   `latest` is whatever was pushed last on the day of the pull, so the same Dockerfile, manifest or job runs another program next week. A tag that is named for a branch,
#   such as `main` or `master`, is no other.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: warning
#   confidence: high
#   category: reproducibility
#   message: "{culprit} `{tag}`, which changes with every push"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write the tag of the version in use; better, a version and a digest. For distroless images, which have no versions, add the digest that `docker
#     buildx imagetools inspect IMAGE` shows. If the tag comes from an `ARG` or a variable, change its default.
#   aliases:
#     - when: {role: [base, copy, mount]}
#       ids:
#         - hadolint:DL3007
#         - trivy:DS-0001
#         - checkov:CKV_DOCKER_7
#         - kics:image_version_using_latest
#         - semgrep:avoid-latest-version
#         - dockle:DKL-DI-0006
#         - dockerfilelint:latest_tag
#     - unless: {role: [base, copy, mount, job-container, service, step, action, branch]}
#       ids:
#         - kube-linter:latest-tag
#         - kube-score:container-image-tag
#         - polaris:tagNotSpecified
#         - trivy:KSV-0013
#         - checkov:CKV_K8S_14
#         - kics:invalid-image-tag
#         - kube-linter:template/latest-tag
#     - {id: ghalint:deny_job_container_latest_image, when: {role: job-container}}
#   across_files: true
#   implied_by: [image/given-up-image, image/end-of-life]
package rules.image["latest-tag"]

import data.lib.images

deny contains {"at": images.place(image), "field": images.place_field(image), "culprit": _culprit(image), "tag": "latest", "role": image.role, "advice": images.tag_advice(image), "severity": _severity(image), "minor": images.needs_no_version(image)} if {
	some image in input.images
	image.tag == "latest"
	not image.has_digest
	not image.is_built
	not image.tag_argument
	not image.given_up
	not image.is_own
	not images.is_placeholder(image)
	not images.is_built_here(image)
	not image.ended
}

# `${TAG:-latest}` is what runs if nobody says which.
_culprit(image) := sprintf("`%s` defaults to", [image.text]) if endswith(image.text, "-latest}")

_culprit(image) := sprintf("`%s` uses the tag", [images.shown(image)]) if not endswith(image.text, "-latest}")

_severity(image) := "info" if endswith(image.text, "-latest}")

_severity(image) := images.tag_severity(image) if not endswith(image.text, "-latest}")

# The builds of the project may give another; the default is what is written, once for all stages that read it.
deny contains {"at": image.tag_at, "field": image.tag_field, "culprit": sprintf("`%s` defaults to", [image.tag_argument]), "tag": "latest", "role": image.role, "advice": images.tag_advice(image), "severity": "info"} if {
	some image in input.images
	image.tag == "latest"
	image.tag_argument
	not image.has_digest
	not image.given_up
	not image.is_own
	not image.is_built
	not images.is_built_here(image)
}

# The newest build of a branch.
deny contains {"at": images.place(image), "field": images.place_field(image), "culprit": _culprit(image), "tag": image.tag, "role": "branch", "advice": images.tag_advice(image), "severity": images.tag_severity(image), "minor": images.needs_no_version(image)} if {
	some image in input.images
	image.tag in {"master", "main", "develop", "trunk"}
	not image.has_digest
	not image.is_built
	not image.tag_argument
	not image.given_up
	not image.is_own
	not images.is_placeholder(image)
	not images.is_built_here(image)
	not image.ended
}
