# METADATA
# title: Commit hash without a version
# description: |
#   A comment with the version tells a reader which release a hash is, and Dependabot and Renovate update both. Off by default.
# custom:
#   severity: info
#   confidence: high
#   category: maintainability
#   message: "no comment says which release of `{action}` the commit is"
#   remediation: "Add the release behind it, such as `# v6.0.2`."
#   aliases:
#     - zizmor:ref-version-mismatch
#   default: off
#   profiles: [pedantic]
package rules.workflow["missing-version-comment"]

deny contains {"at": step.at, "field": "uses", "action": step.action.name} if {
	some step in input.steps
	step.action.ref_kind == "sha"
	not step.action.version
}

deny contains {"at": job.at, "field": "uses", "action": job.action.name} if {
	some job in input.jobs
	job.action.ref_kind == "sha"
	not job.action.version
}
