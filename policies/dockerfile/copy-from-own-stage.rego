# METADATA
# title: COPY --from its own stage
# description: |
#   A stage cannot copy from itself: the build fails, or an image of that name is pulled.
# custom:
#   severity: error
#   confidence: high
#   category: correctness
#   message: "stage `{stage}` copies from itself"
#   remediation: Name the stage that has the file, or omit `--from`.
#   aliases:
#     - hadolint:DL3023
#     - trivy:DS-0006
#     - kics:copy_from_references_current_from_alias
package rules.dockerfile["copy-from-own-stage"]

deny contains {"at": reference.at, "field": reference.field, "stage": reference.target} if {
	some reference in input.references
	reference.kind == "copy-from"
	reference.is_own_stage
	not reference.resolves
}
