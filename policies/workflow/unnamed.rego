# METADATA
# title: Missing name
# description: |
#   The list of runs shows the path of the file instead.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "the {kind} has no `name`"
#   remediation: Add a `name`.
#   aliases: [zizmor:anonymous-definition]
#   default: off
#   profiles: [pedantic]
package rules.workflow["unnamed"]

deny contains {"at": workflow.at, "field": "name", "kind": workflow.kind} if {
	some workflow in input.workflows
	not workflow.name
}
