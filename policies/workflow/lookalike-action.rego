# METADATA
# title: Name of an action that resembles a popular one
# description: |
#   The name is one letter away from an action that many workflows use, in the account of somebody else. It is a slip, or somebody waits for that slip: an
#   account of that name can be registered by anyone.
# related_resources:
#   - https://orca.security/resources/blog/typosquatting-in-github-actions/
# custom:
#   severity: warning
#   confidence: medium
#   category: security
#   message: "`{action}` resembles the popular `{popular}`, and belongs to another account"
#   remediation: "Write `{popular}`, if that is meant."
#   aliases:
#     - zizmor:typosquat-uses
package rules.workflow["lookalike-action"]

deny contains {"at": step.at, "field": "uses", "action": step.action.name, "popular": step.action.resembles} if {
	some step in input.steps
	step.action.resembles
	not step.action.is_own
	not step.action.is_of_owner
}
