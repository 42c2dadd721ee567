# METADATA
# title: Released artifact without attestation
# description: |
#   `actions/attest-build-provenance` signs from which commit and workflow a file was built, so that whoever downloads it can check it with `gh attestation
#   verify`. Off by default: few projects do it yet.
# related_resources:
#   - https://docs.github.com/en/actions/how-tos/secure-your-work/use-artifact-attestations
# custom:
#   severity: info
#   confidence: low
#   category: security
#   message: "job `{job}` releases files without an attestation"
#   remediation: "Add a step with `actions/attest-build-provenance`, and `attestations: write` and `id-token: write` to the permissions of the job."
#   aliases:
#     - github-hardening:artifact-attestations
#   default: off
package rules.workflow["unattested-artifact"]

deny contains {"at": job.at, "field": "steps", "job": job.id} if {
	some job in input.jobs
	_releases(job)
	not _attests(job)
}

_releases(job) if {
	some step in input.index.steps_by_job[job.at]
	step.action.slug in {"softprops/action-gh-release", "ncipollo/release-action", "goreleaser/goreleaser-action", "svenstaro/upload-release-action"}
}

_releases(job) if {
	some command in input.index.commands_by_job[job.at]
	command.program == "gh"
	command.args[0] == "release"
	command.args[1] in {"create", "upload"}
}

_attests(job) if {
	some step in input.index.steps_by_job[job.at]
	startswith(step.action.slug, "actions/attest")
}

_attests(job) if {
	some command in input.index.commands_by_job[job.at]
	command.program == "cosign"
}
