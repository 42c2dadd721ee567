# METADATA
# title: Artifact of another run unpacked over the workspace
# description: |
#   An artifact of a run that an outsider started may hold any file, among them scripts and configurations that a later step of this job runs with the
#   secrets of the repository. Unpack it into a folder of its own below `$RUNNER_TEMP`, and take it for data. Off by default.
# related_resources:
#   - https://securitylab.github.com/resources/github-actions-new-patterns-and-mitigations/
# custom:
#   severity: info
#   confidence: medium
#   category: security
#   message: "`{action}` unpacks files of another run into the workspace, and a later step runs a script there"
#   remediation: "Set `path: ${{ runner.temp }}/artifact`, and run nothing from there."
#   aliases:
#     - codeql:ArtifactPoisoningCritical
#     - codeql:ArtifactPoisoningMedium
#     - codeql:ArtifactPoisoningPathTraversal
#   default: off
package rules.workflow["artifact-in-workspace"]

import data.lib.steps

deny contains {"at": step.at, "field": "uses", "action": step.action.name} if {
	some step in input.steps
	step.action.slug in {"actions/download-artifact", "dawidd6/action-download-artifact"}
	step.brings_foreign
	some event in step.events
	event == "workflow_run"
	not steps.is_set(step, "path")
	some other in input.index.steps_by_job[step.job]
	other.run
	other.number > step.number
}
