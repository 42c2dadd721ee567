# METADATA
# title: Untrusted image registry
# description: |
#   A container runs whatever the registry of its image serves. Where a project lists the registries it trusts, nobody has reviewed an image from
#   elsewhere. A part may be `*`: `*.example.com`, `ghcr.io/acme/*`. A name with a path trusts what is below it. An image without a registry comes from
#   `docker.io`.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "`{image}` comes from `{registry}`, which is not a trusted registry"
#   remediation: Take the image from a trusted registry, or add this one to the setting `registries`.
#   settings:
#     registries:
#       type: list
#       default: []
#       needed: true
#       description: "The registries, or names of images, that are trusted."
#   aliases:
#     - when: {role: [base, copy, mount]}
#       ids: [hadolint:DL3026, kics:use_only_an_allowed_registry_in_the_from_image, dockle:CIS-DI-0002, cis-docker:4.2]
#     - when: {role: [container, init, ephemeral]}
#       ids: [trivy:KSV-0125, trivy:KSV-0032, trivy:KSV-0033, trivy:KSV-0034, trivy:KSV-0035]
package rules.image["untrusted-registry"]

import data.lib.images

_trusted := input.settings["image/untrusted-registry"].registries

deny contains {"at": image.at, "field": image.field, "image": image.text, "registry": registry, "role": image.role} if {
	some image in input.images
	registry := images.host(image)
	not images.is_one_of(image, _trusted)
}
