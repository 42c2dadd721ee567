# METADATA
# title: Image pushed without signature
# description: |
#   An image that is signed with `cosign` can be told from one that somebody else pushed under the same tag. Off by default: it is of use only where somebody
#   checks signatures.
# related_resources:
#   - https://docs.sigstore.dev/cosign/signing/signing_with_containers/
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "job `{job}` pushes an image and signs nothing"
#   remediation: "Sign it by its digest with `cosign sign`, in a step of this workflow."
#   aliases:
#     - checkov:CKV_GHA_5
#   default: off
package rules.workflow["unsigned-image"]

deny contains {"at": job.at, "field": "steps", "job": job.id} if {
	some job in input.jobs
	_pushes(job)
	not _signs(job.workflow)
}

_pushes(job) if {
	some step in input.index.steps_by_job[job.at]
	step.action.slug == "docker/build-push-action"
	lower(object.get(step["with"], "push", "")) == "true"
}

_pushes(job) if {
	some command in input.index.commands_by_job[job.at]
	command.program in {"docker", "podman"}
	command.args[0] == "push"
}

_signs(workflow) if {
	some step in input.index.steps_by_workflow[workflow]
	contains(step.run_text, "cosign")
}
