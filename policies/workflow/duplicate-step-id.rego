# METADATA
# title: Duplicate step id
# description: |
#   GitHub refuses a workflow in which two steps of a job have the same id, whatever the case of its
#   letters.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idstepsid
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "step id `{id}` is already used in this job"
#   remediation: Give each step its own id.
#   aliases:
#     - actionlint:id/duplicate-step-id
#     - actionlint-fork:id/duplicate-step-id
#     - github:parser/the-identifier-may-not-be-used-more-than
package rules.workflow["duplicate-step-id"]

deny contains {"at": step.at, "field": "id", "id": step.id, "related": [{"at": step.same_id, "message": "the earlier step"}]} if {
	some step in input.steps
	step.same_id
}
