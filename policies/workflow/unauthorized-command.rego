# METADATA
# title: Command in a comment without a check of its author
# description: |
#   Everyone with an account can comment on an issue of a public repository, and so start a job whose condition looks at the text of the comment alone. Compare
#   `github.event.comment.author_association`, or ask for the permission of the author. Off by default: many such commands are for everyone.
# related_resources:
#   - https://docs.github.com/en/actions/reference/security/secure-use
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "job `{job}` runs for whoever writes the comment"
#   remediation: "Add a condition such as `contains(fromJSON('[\"OWNER\", \"MEMBER\"]'), github.event.comment.author_association)`."
#   aliases:
#     - kics:c2d4e6f8-a1b3-4c5d-8e7f-8a9b0c1d2e3f
#     - kics:missing_workflow_trigger_authorization
#     - codeql:ImproperAccessControl
#   default: off
#   profiles: [pedantic]
package rules.workflow["unauthorized-command"]

deny contains {"at": job.at, "field": "if", "job": job.id} if {
	some job in input.jobs
	job.has_if
	contains(job["if"], "comment.body")
	some event in job.events
	event in {"issue_comment", "pull_request_review_comment", "discussion_comment"}
	not job.is_guarded
	not contains(job["if"], "author_association")
	not contains(job["if"], "github.actor")
}
