# METADATA
# title: No user is set
# description: |
#   Without `USER` in the final stage the program runs as the base image says, and that is root for nearly all of
#   them.
# related_resources:
#   - https://docs.docker.com/build/building/best-practices/#user
# custom:
#   severity: info
#   confidence: high
#   category: security
#   message: "the final stage sets no `USER`: the program runs as its base image says, mostly root"
#   remediation: "Add `USER` with an unprivileged user before the command."
#   aliases:
#     - trivy:DS-0002
#     - checkov:CKV_DOCKER_3
#     - kics:missing_user_instruction
#     - semgrep:missing-user
#     - semgrep:missing-user-entrypoint
#     - dockle:CIS-DI-0001
#     - cis-docker:4.1
package rules.dockerfile["missing-user"]

deny contains {"at": stage.at, "field": "base", "aliases": _aliases(stage)} if {
	some stage in input.stages
	stage.is_final
	stage.has_base
	not stage.user_set
	not stage.base_is_nonroot
	not stage.is_windows
	not _holds_files(stage)
}

# KICS asks nothing of an image on `scratch`.
_aliases(stage) := _all if not stage.is_scratch

_aliases(stage) := [alias | some alias in _all; not startswith(alias, "kics:")] if stage.is_scratch

_all := ["trivy:DS-0002", "checkov:CKV_DOCKER_3", "kics:missing_user_instruction", "semgrep:missing-user", "semgrep:missing-user-entrypoint", "dockle:CIS-DI-0001", "cis-docker:4.1"]

# A stage on `scratch` that starts nothing is a set of files to take out, and nobody runs it.
_holds_files(stage) if {
	stage.is_scratch
	count(stage.cmds) == 0
	count(stage.entrypoints) == 0
}
