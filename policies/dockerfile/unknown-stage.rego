# METADATA
# title: Unknown stage in COPY --from
# description: |
#   No stage of this name is defined above this line, so the builder looks for an image of that name in a registry, where anyone may have published one.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "no stage `{stage}` is defined above this line{hint}"
#   remediation: Name a stage defined above, or an image with its registry and tag.
#   aliases:
#     - hadolint:DL3022
#     - kics:using_unnamed_build_stages
#     - dockerfile-utils:FLAG_INVALID_FROM_VALUE
package rules.dockerfile["unknown-stage"]

deny contains {"at": reference.at, "field": reference.field, "stage": reference.target, "hint": _hint(reference)} if {
	some reference in input.references
	reference.kind in {"copy-from", "mount-from"}
	reference.is_known
	not reference.resolves
	not reference.is_own_stage
	not reference.is_onbuild
	_is_stage_name(reference)
}

_is_stage_name(reference) if reference.is_number

_is_stage_name(reference) if {
	not reference.is_number
	not reference.looks_like_image
	reference.target != "scratch"
}

_hint(reference) := concat("", ["; did you mean `", reference.similar, "`?"]) if reference.similar

_hint(reference) := "" if not reference.similar
