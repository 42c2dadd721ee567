# METADATA
# title: Own action named by a path in the workspace
# description: |
#   `./path` is read from the workspace, which earlier steps can change; `$/path` is the same folder at the commit of the workflow, needs no checkout, and
#   cannot be replaced in between. Off by default: the syntax is new, and GitHub Enterprise Server may not have it.
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "`{uses}` is taken from the workspace"
#   remediation: "Write `{other}`."
#   aliases:
#     - zizmor:self-repository
#   default: off
#   profiles: [pedantic]
package rules.workflow["relative-self-reference"]

deny contains {"at": step.at, "field": "uses", "uses": step.uses, "other": concat("", ["$", trim_prefix(step.uses, ".")])} if {
	some step in input.steps
	step.action.ref_kind == "local"
	startswith(step.uses, "./")
}

deny contains {"at": job.at, "field": "uses", "uses": job.uses, "other": concat("", ["$", trim_prefix(job.uses, ".")])} if {
	some job in input.jobs
	job.action.ref_kind == "local"
	startswith(job.uses, "./")
}
