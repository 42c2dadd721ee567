# METADATA
# title: Image with the latest tag
# description: |
#   `latest` is whatever was pushed last on the day of the pull, so the same Dockerfile, manifest or job runs another program next week.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#pin-base-image-versions
# custom:
#   severity: warning
#   confidence: high
#   category: reproducibility
#   message: "`{image}` uses the tag `latest`, which changes with every push"
#   remediation: Write a version tag; better, a version tag and a digest.
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
#   implied_by: [image/given-up-image, image/end-of-life]
package rules.image["latest-tag"]

deny contains {"at": image.at, "field": image.field, "image": image.text, "role": image.role} if {
	some image in input.images
	image.tag == "latest"
	not image.has_digest
}
