# METADATA
# title: Redundant platform flag
# description: |
#   A stage is built for the target platform by default.
# related_resources:
#   - https://docs.docker.com/reference/build-checks/redundant-target-platform/
# custom:
#   severity: info
#   confidence: high
#   category: style
#   habit: true
#   message: "`--platform={platform}` is the default"
#   remediation: Omit the flag.
#   aliases:
#     - hadolint:DL3065
#     - buildkit:RedundantTargetPlatform
package rules.dockerfile["redundant-platform"]

deny contains {"at": stage.at, "field": "platform", "platform": stage.platform} if {
	some stage in input.stages
	stage.platform in {"$TARGETPLATFORM", "${TARGETPLATFORM}"}
}
