# METADATA
# title: Inline suppression
# description: |
#   With a suppression comment the author alone decides which findings a team sees. Where that is not wanted, exceptions belong in the configuration,
#   where a review sees all of them. Comments of other linters count as well.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "a comment suppresses `{rules}`"
#   remediation: Fix the finding, or make the exception in the configuration.
#   default: off
#   aliases:
#     - {id: hadolint:DL1001, when: {tools: hadolint, is_near: true}}
package rules.hullmark["inline-suppression"]

deny contains {"at": suppression.at, "rules": concat(", ", suppression.rules), "tools": suppression.tools, "is_near": suppression.is_near} if {
	some suppression in input.suppressions
}
