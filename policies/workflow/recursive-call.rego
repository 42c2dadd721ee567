# METADATA
# title: Workflow that calls itself
# description: |
#   A called workflow must not call itself, nor one that calls it: GitHub refuses the workflow.
# related_resources:
#   - https://docs.github.com/en/actions/reference/workflows-and-actions/reusing-workflow-configurations
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "job `{job}` calls the workflow that it is in"
#   remediation: "Call another workflow, or move what both need into one of its own."
#   aliases:
#     - github:parser/nested-reusable-workflow-depth-exceeded
package rules.workflow["recursive-call"]

deny contains {"at": job.at, "field": "uses", "job": job.id} if {
	some job in input.jobs
	job.is_reusable_call
	startswith(job.uses, "./.github/workflows/")
	some document in input.index.documents_by_at[job.document]
	endswith(concat("", ["/", document.path]), trim_prefix(job.uses, "."))
}
