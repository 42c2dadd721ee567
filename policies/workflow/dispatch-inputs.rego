# METADATA
# title: Inputs of a manual run
# description: |
#   Whoever starts the workflow by hand chooses what is built, so the record of the build does not
#   follow from the repository alone.
# custom:
#   severity: info
#   confidence: high
#   category: reproducibility
#   message: "`workflow_dispatch` takes inputs"
#   remediation: Remove the inputs if builds must be reproducible from the repository alone.
#   aliases: [checkov:CKV_GHA_7]
#   default: off
package rules.workflow["dispatch-inputs"]

deny contains {"at": trigger.at} if {
	some workflow in input.workflows
	some trigger in workflow.triggers
	trigger.name == "workflow_dispatch"
	trigger.has_inputs
}
