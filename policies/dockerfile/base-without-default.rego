# METADATA
# title: Base image argument without a default
# description: |
#   An `ARG` without a default is empty unless the build passes a value, and what is left of `FROM` is no valid image reference: `busybox:` is refused.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/invalid-default-arg-in-from/
# custom:
#   severity: info
#   confidence: high
#   category: reliability
#   message: "`{base}` names no image unless build arguments are passed"
#   remediation: Give the `ARG` above the first `FROM` a default value.
#   default: off
#   aliases:
#     - buildkit:InvalidDefaultArgInFrom
package rules.dockerfile["base-without-default"]

deny contains {"at": stage.at, "field": "base", "base": stage.base} if {
	some stage in input.stages
	stage.is_broken_ungiven
}
