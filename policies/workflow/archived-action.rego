# METADATA
# title: Archived action
# description: |
#   The repository of the action is archived: nobody fixes vulnerabilities in it, or updates it for the next Node.js version of the runners.
# related_resources:
#   - https://docs.github.com/en/repositories/archiving-a-github-repository/archiving-repositories
# custom:
#   severity: warning
#   confidence: high
#   category: security
#   message: "the repository of `{action}` is archived"
#   remediation: Move to an action that is maintained, or write the step as a script.
#   aliases: [zizmor:archived-uses]
package rules.workflow["archived-action"]

deny contains {"at": reference.at, "field": "uses", "action": reference.action.slug} if {
	some reference in input.references
	reference.kind == "uses"
	reference.action.is_archived
}
