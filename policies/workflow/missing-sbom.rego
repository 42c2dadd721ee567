# METADATA
# title: Image pushed without SBOM
# description: |
#   A list of what is in an image (SBOM), attested beside it, tells users whether a vulnerability concerns them. Off by default: it is of use only where
#   somebody reads it.
# related_resources:
#   - https://docs.docker.com/build/metadata/attestations/sbom/
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "job `{job}` pushes an image without an SBOM"
#   remediation: "Set `sbom: true` on `docker/build-push-action`, or attest one with `cosign attest` or `actions/attest-sbom`."
#   aliases:
#     - checkov:CKV_GHA_6
#   default: off
package rules.workflow["missing-sbom"]

deny contains {"at": job.at, "field": "steps", "job": job.id} if {
	some job in input.jobs
	_pushes(job)
	not _lists(job.workflow)
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

_lists(workflow) if {
	some step in input.index.steps_by_workflow[workflow]
	contains(lower(step.run_text), "sbom")
}

_lists(workflow) if {
	some step in input.index.steps_by_workflow[workflow]
	step.action.slug in {"actions/attest-sbom", "anchore/sbom-action"}
}

_lists(workflow) if {
	some step in input.index.steps_by_workflow[workflow]
	lower(object.get(step["with"], "sbom", "false")) != "false"
}
