# METADATA
# title: Unknown job in needs
# description: |
#   GitHub rejects the whole workflow, so none of its jobs run.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/workflow-syntax#jobsjob_idneeds
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "`needs` refers to job `{needs}`, which is not in this workflow"
#   remediation: Use the id of a job in this workflow, or remove it.
#   aliases:
#     - actionlint:job-needs/unknown-job
#     - actionlint-fork:job-needs/unknown-job
#     - github:parser/job-depends-on-unknown-job
#     - github:languageservice/job-depends-on-unknown-job
package rules.workflow["unknown-needs"]

deny contains {"at": reference.at, "field": reference.field, "needs": reference.target} if {
	some reference in input.references
	reference.kind == "needs"
	reference.resolves == false
}
