# METADATA
# title: Image without a tag
# description: |
#   Without a tag the image is `latest`: whatever was pushed last on the day of the pull.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: warning
#   confidence: high
#   category: reproducibility
#   message: "`{image}` has no tag, so `latest` is used"
#   remediation: "{advice}"
#   how_to_fix: >-
#     Write the tag of the version in use; better, a version and a digest. For distroless images, which have no versions, add the digest that `docker
#     buildx imagetools inspect IMAGE` shows. If a variable that may be empty supplies the tag, give it a version as its default.
#   aliases:
#     - when: {role: [base, copy, mount]}
#       ids:
#         - hadolint:DL3006
#         - trivy:DS-0001
#         - checkov:CKV_DOCKER_7
#         - kics:image_version_not_explicit
#         - semgrep:missing-image-version
#         - dockle:DKL-DI-0006
#         - dockerfilelint:missing_tag
#     - unless: {role: [base, copy, mount, job-container, service, step, action]}
#       ids:
#         - kube-linter:latest-tag
#         - kube-score:container-image-tag
#         - polaris:tagNotSpecified
#         - trivy:KSV-0013
#         - checkov:CKV_K8S_14
#         - kics:invalid-image-tag
#         - kube-linter:template/latest-tag
#     - {id: ghalint:deny_job_container_latest_image, when: {role: job-container}}
#     - {id: semgrep:dockerfile-source-not-pinned, when: {role: [base, copy, mount]}}
#     - when: {role: [container, init, ephemeral, compose]}
#       ids: [checkov:CKV_K8S_43, kics:image-without-digest]
#     - {id: zizmor:unpinned-images, when: {role: [job-container, service, action, step]}}
#     - {id: ghalint:action_ref_should_be_full_length_commit_sha, when: {role: step}}
#     - {id: scorecard:Pinned-Dependencies, when: {role: [base, copy, mount, job-container, service, step]}}
#     - {id: poutine:unpinnable_action, when: {role: [base, copy, mount, action, step]}}
#   across_files: true
#   implied_by: [image/given-up-image, image/end-of-life, dockerfile/undefined-base-variable]
package rules.image["missing-tag"]

import data.lib.images

deny contains {"at": images.place(image), "field": images.place_field(image), "image": images.shown(image), "role": image.role, "advice": images.tag_advice(image), "severity": images.tag_severity(image), "minor": images.needs_no_version(image)} if {
	some image in input.images
	not image.has_tag
	not image.has_digest
	image.is_valid
	_names_an_image(image)
	not _is_injected(image)
	not image.is_built
	not image.is_own
	not images.is_placeholder(image)
	not images.is_built_here(image)
	not image.ended
	not image.given_up
}

# What is filled in may be nothing: `FROM alpine$TAG` is `alpine` in a build that is given no arguments.
deny contains {"at": image.at, "field": image.field, "image": image.text, "role": image.role, "advice": "Write a version tag; better, a version tag and a digest."} if {
	some image in input.images
	image.is_untagged_ungiven
}

# `auto` is where Istio's injector writes the name of its own image.
_is_injected(image) if {
	image.text == "auto"
	not image.role in {"base", "copy", "mount"}
}

# A name that is a variable as a whole brings its tag with it; `$REGISTRY/app` does not.
_names_an_image(image) if image.repository
