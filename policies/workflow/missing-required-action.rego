# METADATA
# title: Missing required action
# description: |
#   A project may require that each workflow with steps uses some actions, such as one that hardens the runner.
# custom:
#   severity: error
#   confidence: high
#   category: security
#   message: "no step uses `{action}`, which the setting `actions` requires"
#   remediation: "Add a step with `{action}`."
#   settings:
#     actions:
#       type: list
#       default: []
#       needed: true
#       description: "The actions, each `owner/repository` or a path in one."
#   aliases:
#     - actionlint-fork:required-actions/missing
package rules.workflow["missing-required-action"]

_required := input.settings["workflow/missing-required-action"].actions

deny contains {"at": workflow.at, "field": "jobs", "action": action} if {
	some workflow in input.workflows
	workflow.kind == "workflow"
	input.sizes.steps_by_workflow[workflow.at] > 0
	some action in _required
	not _uses(workflow, lower(action))
}

_uses(workflow, name) if {
	some step in input.index.steps_by_workflow[workflow.at]
	step.action.full == name
}
