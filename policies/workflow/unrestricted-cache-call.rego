# METADATA
# title: Called workflow may write the cache
# description: |
#   A workflow that runs for outsiders with the rights of the repository can fill caches that later runs of the default branch restore. `cache-mode: read` on
#   the call keeps the called workflow from it. Off by default: the key is new.
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{uses}` is called from a workflow for outsiders without `cache-mode`"
#   remediation: "Write `cache-mode: read`, or `none`."
#   aliases:
#     - actionlint-fork:cache-call-unrestricted/no-cache-mode
#   default: off
package rules.workflow["unrestricted-cache-call"]

deny contains {"at": job.at, "field": "uses", "uses": job.uses} if {
	some job in input.jobs
	job.is_reusable_call
	not job.cache_mode
	some event in job.events
	event in {"pull_request_target", "issue_comment", "workflow_run"}
}
