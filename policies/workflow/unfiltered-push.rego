# METADATA
# title: push without branches beside pull_request
# description: |
#   With `push` for all branches and `pull_request`, each push to the branch of a pull request runs the workflow twice. Off by default.
# custom:
#   severity: info
#   confidence: medium
#   category: performance
#   message: "`push` runs for the branches of pull requests too, which `pull_request` covers"
#   remediation: "Write `push: { branches: [main] }`, with the branches that you release from."
#   aliases:
#     - semgrep:semgrep-github-action-push-without-branches
#   default: off
#   profiles: [pedantic]
package rules.workflow["unfiltered-push"]

deny contains {"at": trigger.at} if {
	some workflow in input.workflows
	"pull_request" in workflow.trigger_names
	some trigger in workflow.triggers
	trigger.name == "push"
	not trigger.has_branches
	not trigger.has_tags
}
