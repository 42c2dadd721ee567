# METADATA
# title: Retired action version
# description: |
#   GitHub has shut down the service that this release uses, so the step fails. Pinning the commit of the tag does not help: it uses the same service.
# related_resources:
#   - https://github.blog/changelog/2024-04-16-deprecation-notice-v3-of-the-artifact-actions/
#   - https://github.blog/changelog/2024-12-05-notice-of-upcoming-releases-and-breaking-changes-for-github-actions/
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   once_a_message: true
#   dated: true
#   message: "`{action}@{version}` fails: GitHub has shut down {service}"
#   remediation: "Update `{action}` to its newest major version."
#   aliases: [actionlint-fork:action/retired-service]
package rules.workflow["retired-action"]

deny contains {"at": reference.at, "field": "uses", "action": reference.action.full, "version": reference.action.version, "service": reference.action.retired} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.retired
}
