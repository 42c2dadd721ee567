# METADATA
# title: Unknown stage in COPY --from
# description: |
#   No stage of this name is defined above this line, so the builder looks for an image of that name in a registry, where anyone may have published one.
#   If the name is a build context that `docker buildx bake`, Compose or `--build-context` defines, ignore it here. A number that no stage has fails.
# related_resources:
#   - https://docs.docker.com/reference/dockerfile/#copy---from
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "{problem}"
#   remediation: Name a stage defined above, or an image with its registry and tag; a build context needs `--build-context {stage}=…`.
#   aliases:
#     - hadolint:DL3022
#     - kics:using_unnamed_build_stages
#     - dockerfile-utils:FLAG_INVALID_FROM_VALUE
#   once: true
package rules.dockerfile["unknown-stage"]

deny contains {"at": reference.at, "field": reference.field, "about": reference.stage, "stage": reference.target, "problem": _problem(reference), "severity": _severity(reference)} if {
	some reference in input.references
	reference.kind in {"copy-from", "mount-from"}
	reference.is_known
	not reference.resolves
	not reference.is_own_stage
	not _may_be_context(reference)
	not reference.is_onbuild
	_is_stage_name(reference)
}

_is_stage_name(reference) if reference.is_number

_is_stage_name(reference) if {
	not reference.is_number
	not reference.looks_like_image
	reference.target != "scratch"
}

# A number means nothing but a stage, and a name one slip away from a stage is meant to be it.
_is_sure(reference) if reference.is_number

_is_sure(reference) if reference.similar

_severity(reference) := "error" if _is_sure(reference)

_severity(reference) := "warning" if not _is_sure(reference)

_problem(reference) := sprintf("no stage `%s` is defined above this line; did you mean `%s`?", [reference.target, reference.similar]) if reference.similar

_problem(reference) := sprintf("no stage `%s` is defined above this line", [reference.target]) if {
	reference.is_number
	not reference.similar
}

_problem(reference) := sprintf("`%s` is no stage above this line: unless the build names such a context, it is pulled as `docker.io/library/%s`", [reference.target, reference.target]) if not _is_sure(reference)

# A number names a stage alone.
_may_be_context(reference) if {
	reference.may_be_context
	not reference.is_number
}
