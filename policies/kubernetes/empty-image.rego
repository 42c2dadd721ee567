# METADATA
# title: Empty container image
# description: |
#   The API server refuses a container without an image. Mostly a value was missing when the manifest was made.
# related_resources:
#   - https://kubernetes.io/docs/concepts/containers/images/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "the container has an empty image"
#   remediation: "Write {expected}."
#   how_to_fix: >-
#     Write the image in `image`, as `registry/name:tag`; if a template fills it in, give the value a default.
package rules.kubernetes["empty-image"]

deny contains {"at": violation.at, "expected": violation.expected} if {
	some violation in input.violations
	violation.fault == "empty-image"
}
