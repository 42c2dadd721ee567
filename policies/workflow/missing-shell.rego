# METADATA
# title: Missing shell in a composite action
# description: |
#   Steps of a composite action have no default shell: GitHub refuses an action whose `run` has none.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/metadata-syntax#runsstepsshell
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`run` in a composite action requires `shell`"
#   remediation: "Add `shell: bash`."
#   aliases:
#     - ghalint:action_shell_is_required
#     - github:languageservice/required-property-is-missing-shell
package rules.workflow["missing-shell"]

deny contains {"at": step.at, "field": "shell"} if {
	some workflow in input.workflows
	workflow.kind == "action"
	some step in input.index.steps_by_workflow[workflow.at]
	step.run
	not step.has_shell
}
