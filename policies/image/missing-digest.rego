# METADATA
# title: Image without a digest
# description: |
#   A tag can be moved to another image; a digest always names the same one. Pin digests where a bot keeps them up to date.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`{image}` is not pinned by a digest"
#   remediation: "Add `@sha256:…`, and let a bot such as Renovate or Dependabot update it."
#   aliases:
#     - {id: semgrep:dockerfile-source-not-pinned, when: {role: [base, copy, mount]}}
#     - when: {role: [container, init, ephemeral, compose]}
#       ids: [checkov:CKV_K8S_43, kics:image-without-digest]
#     - {id: zizmor:unpinned-images, when: {role: [job-container, service, action, step]}}
#     - {id: ghalint:action_ref_should_be_full_length_commit_sha, when: {role: step}}
#     - {id: scorecard:Pinned-Dependencies, when: {role: [base, copy, mount, job-container, service, step]}}
#     - {id: poutine:unpinnable_action, when: {role: [base, copy, mount, action, step]}}
#   default: off
#   profiles: [pedantic]
package rules.image["missing-digest"]

deny contains {"at": image.at, "field": image.field, "image": image.text, "role": image.role} if {
	some image in input.images
	not image.has_digest
	image.has_tag
	not image.is_untagged_ungiven
	image.is_valid
	image.repository
	image.text != "auto"
}
